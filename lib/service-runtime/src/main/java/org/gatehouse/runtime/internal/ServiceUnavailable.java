package org.gatehouse.runtime.internal;

/** Another service of the cluster did not answer: not there, not in time, or not who it should be. */
public final class ServiceUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String service;

    public ServiceUnavailable(String service, String what) {
        super(service + " " + what);
        this.service = service;
    }

    public ServiceUnavailable(String service, String what, Throwable cause) {
        super(service + " " + what, cause);
        this.service = service;
    }

    /** The short name of the service that did not answer. */
    public String service() {
        return service;
    }
}
