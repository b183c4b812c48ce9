package org.gatehouse.egress.discovery;

import java.util.List;

/** SRV records of the DNS. */
public interface SrvRecords {

    /**
     * The records of {@code _service._tcp.host} in any order; none if there are none or the DNS does not answer.
     *
     * @param service without underscore, such as {@code matrix-fed}
     */
    List<SrvRecord> find(String service, String host);

    /**
     * One record.
     *
     * @param target a host name, without the dot at its end; empty says that the service does not exist here
     */
    record SrvRecord(int priority, int weight, int port, String target) {

        boolean saysNoService() {
            return target.isEmpty();
        }
    }
}
