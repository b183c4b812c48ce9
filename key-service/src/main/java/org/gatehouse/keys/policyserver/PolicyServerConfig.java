package org.gatehouse.keys.policyserver;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The role of a policy server. */
@ConfigMapping(prefix = "gatehouse.policy-server")
public interface PolicyServerConfig {

    /** Whether the hosted names are policy servers for the rooms that name them. */
    @WithDefault("false")
    boolean enabled();

    /** The rules, a line each: {@code server GLOB}, {@code sender GLOB}, {@code word WORD}; without it all is signed. */
    Optional<Path> rulesFile();

    /** How often the file is looked at; a change holds when it was the same for two looks. */
    @WithDefault("1s")
    Duration lookEvery();
}
