package org.gatehouse.runtime.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.util.Map;

/** The other services, by short name. */
@ConfigMapping(prefix = "gatehouse.internal")
public interface AddressProperties {

    @WithParentName
    Map<String, Address> services();

    /** Where one service answers. */
    interface Address {
        /** {@code https://host:port} of its internal listener. */
        URI url();
    }
}
