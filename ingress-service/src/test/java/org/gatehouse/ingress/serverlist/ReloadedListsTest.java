package org.gatehouse.ingress.serverlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.gatehouse.ingress.surface.Door;
import org.gatehouse.ingress.surface.PublishedKeys;
import org.gatehouse.testkit.PeerIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lists of a running door. */
@QuarkusTest
@QuarkusTestResource(value = ListFiles.class, restrictToAnnotatedClass = true)
class ReloadedListsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String TRANSACTION = "/_matrix/federation/v1/send/1";
    private static final PeerIdentity GOOD = PeerIdentity.of("good.example");
    private static final PeerIdentity EVIL = PeerIdentity.of("evil.example");
    private static final PeerIdentity STRANGER = PeerIdentity.of("stranger.test");

    Path folder;

    @Inject
    PublishedKeys keys;

    @TestHTTPResource("/")
    URL url;

    @BeforeEach
    void lists() throws IOException {
        List.of(GOOD, EVIL, STRANGER).forEach(keys::publish);
        write("allow.txt", "*.example\n");
        write("deny.txt", "evil.example\n");
        awaitStatus(GOOD, 200);
        awaitStatus(EVIL, 403);
        awaitStatus(STRANGER, 403);
    }

    @Test
    void aChangedDenyListHoldsWithoutARestart() throws IOException {
        write("deny.txt", "good.example\n");

        awaitStatus(GOOD, 403);
        awaitStatus(EVIL, 200);
    }

    @Test
    void aChangedAllowListHoldsWithoutARestart() throws IOException {
        write("allow.txt", "*.test\n");

        awaitStatus(STRANGER, 200);
        awaitStatus(GOOD, 403);
    }

    @Test
    void aBrokenFileChangesNothing() throws IOException {
        write("deny.txt", "good.example\nhttps://broken.example\n");
        write("allow.txt", "*.test\n");

        awaitStatus(STRANGER, 200);
        assertThat(status(EVIL)).isEqualTo(403);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private void awaitStatus(PeerIdentity peer, int status) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(status(peer)).isEqualTo(status));
    }

    /** 200 for who is let in, to an empty transaction. */
    private int status(PeerIdentity peer) {
        return new Door(url).signed(peer, "PUT", TRANSACTION, Optional.empty()).status();
    }
}
