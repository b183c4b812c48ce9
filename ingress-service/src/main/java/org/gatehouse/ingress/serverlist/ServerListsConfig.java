package org.gatehouse.ingress.serverlist;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** With whom this cluster federates. */
@ConfigMapping(prefix = "gatehouse.servers")
public interface ServerListsConfig {

    /** A file with the servers that alone may ask anything here, a glob a line; without it all may. */
    Optional<Path> allowFile();

    /** A file with the servers that may ask nothing here, a glob a line. */
    Optional<Path> denyFile();

    /** Whether the lists only say what they would refuse. */
    @WithDefault("false")
    boolean dryRun();

    /** How often the files are looked at; a change holds when a file was the same for two looks. */
    @WithDefault("1s")
    Duration lookEvery();
}
