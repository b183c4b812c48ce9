package org.gatehouse.keys.ownkey;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** How our signing keys are kept. */
@ConfigMapping(prefix = "gatehouse.keys")
public interface OwnKeysConfig {

    /** 32 bytes in base64. With it seeds are encrypted (AES-256-GCM) before they are stored, else not. */
    Optional<String> masterKey();
}
