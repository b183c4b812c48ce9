package org.gatehouse.provider.appservice;

/** Where transactions are pushed to. */
public interface Backends {

    /**
     * Pushes one transaction.
     *
     * @param body JSON, sent as it is
     * @return whether the service took it
     */
    boolean push(AppService service, String txnId, byte[] body);
}
