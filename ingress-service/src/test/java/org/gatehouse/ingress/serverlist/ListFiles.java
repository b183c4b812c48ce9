package org.gatehouse.ingress.serverlist;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Files for both lists, which a test may write anew. */
public final class ListFiles implements QuarkusTestResourceLifecycleManager {

    private Path folder;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("server-lists");
            Path allow = Files.writeString(folder.resolve("allow.txt"), "*.example\n");
            Path deny = Files.writeString(folder.resolve("deny.txt"), "evil.example\n");
            return Map.of(
                    "gatehouse.servers.allow-file", allow.toString(),
                    "gatehouse.servers.deny-file", deny.toString(),
                    "gatehouse.servers.look-every", "50ms");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(folder, new TestInjector.MatchesType(Path.class));
    }

    @Override
    public void stop() {
        try {
            Files.deleteIfExists(folder.resolve("allow.txt"));
            Files.deleteIfExists(folder.resolve("deny.txt"));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
