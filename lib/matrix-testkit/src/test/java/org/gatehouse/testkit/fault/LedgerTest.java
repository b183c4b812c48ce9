package org.gatehouse.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.ServerName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    private static final ServerName PEER = new ServerName("peer.example");
    private static final EventId A = new EventId("$a");
    private static final EventId B = new EventId("$b");
    private static final EventId C = new EventId("$c");

    @TempDir
    Path folder;

    @Test
    void remembersAttemptsAndWhatCameOfThem() {
        Path file = folder.resolve("ledger");
        try (Ledger ledger = Ledger.open(file)) {
            long first = ledger.attempt(PEER, "1", List.of(A, B));
            ledger.unknown(first, "connection reset");
            long again = ledger.attempt(PEER, "1", List.of(A, B));
            ledger.ack(again, List.of(A), Map.of(B, "bad signature"));
            long second = ledger.attempt(PEER, "2", List.of(C));
            ledger.fail(second, 503);
        }
        List<LedgerEntry> entries = Ledger.read(file);
        Sent sent = Sent.of(entries);

        assertThat(entries)
                .containsExactly(
                        new LedgerEntry.Attempt(1, PEER, "1", List.of(A, B)),
                        new LedgerEntry.Unknown(1, "connection reset"),
                        new LedgerEntry.Attempt(2, PEER, "1", List.of(A, B)),
                        new LedgerEntry.Ack(2, List.of(A), Map.of(B, "bad signature")),
                        new LedgerEntry.Attempt(3, PEER, "2", List.of(C)),
                        new LedgerEntry.Fail(3, 503));
        assertThat(sent.attempted()).containsExactly(A, B, C);
        assertThat(sent.acknowledged()).containsExactly(A);
        assertThat(sent.refused()).containsExactly(B);
    }

    @Test
    void anAttemptIsInTheFileBeforeAnythingIsSent() {
        Path file = folder.resolve("ledger");
        try (Ledger ledger = Ledger.open(file)) {
            ledger.attempt(PEER, "1", List.of(A));
            assertThat(Ledger.read(file)).containsExactly(new LedgerEntry.Attempt(1, PEER, "1", List.of(A)));
        }
    }

    @Test
    void aLineThatWasCutShortIsLeftOutAndTheLedgerGoesOn() throws IOException {
        Path file = folder.resolve("ledger");
        try (Ledger ledger = Ledger.open(file)) {
            ledger.attempt(PEER, "1", List.of(A));
        }
        Files.write(file, "{\"attempt\":1,\"wha".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        assertThat(Ledger.read(file)).hasSize(1);
        try (Ledger ledger = Ledger.open(file)) {
            assertThat(ledger.attempt(PEER, "2", List.of(B))).isEqualTo(2);
        }
        assertThat(Ledger.read(file)).hasSize(2);
    }

    @Test
    void anOutcomeWithoutItsAttemptIsNotBelieved() {
        assertThatThrownBy(() -> Sent.of(List.of(new LedgerEntry.Fail(1, 500))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sent.of(List.of(
                        new LedgerEntry.Attempt(1, PEER, "1", List.of(A)),
                        new LedgerEntry.Fail(1, 500),
                        new LedgerEntry.Ack(1, List.of(A), Map.of()))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
