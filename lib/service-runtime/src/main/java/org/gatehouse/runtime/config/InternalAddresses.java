package org.gatehouse.runtime.config;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** Where the services answer each other. */
public final class InternalAddresses {

    private final Map<String, URI> urls;

    /** @param urls {@code https://host:port} by the service's short name */
    public InternalAddresses(Map<String, URI> urls) {
        this.urls = new TreeMap<>(urls);
    }

    /** The service's address; throws if {@code gatehouse.internal.<service>.url} is not set. */
    public URI url(String service) {
        URI url = urls.get(service);
        if (url == null) {
            throw new IllegalStateException("gatehouse.internal." + service + ".url is not set");
        }
        return url;
    }
}
