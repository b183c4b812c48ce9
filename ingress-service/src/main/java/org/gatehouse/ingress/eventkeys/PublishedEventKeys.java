package org.gatehouse.ingress.eventkeys;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gatehouse.matrix.event.UnverifiedPdu;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.receipt.PduChecks;
import org.gatehouse.matrix.signing.CachedKeyRing;
import org.gatehouse.matrix.signing.KeyRing;
import org.gatehouse.matrix.signing.ServerKeys;
import org.gatehouse.requestauth.VerifyKeys;

/** The published keys that authenticate requests authenticate events as well; all servers are asked side by side. */
@ApplicationScoped
class PublishedEventKeys implements EventKeys {

    private final VerifyKeys verifyKeys;

    PublishedEventKeys(VerifyKeys verifyKeys) {
        this.verifyKeys = verifyKeys;
    }

    @Override
    public Uni<KeyRing> ringFor(List<UnverifiedPdu> pdus) {
        List<Uni<Optional<ServerKeys>>> asked = needed(pdus).entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> verifyKeys.find(entry.getKey(), entry.getValue()))
                .toList();
        if (asked.isEmpty()) {
            return Uni.createFrom().item(CachedKeyRing.of(List.of()));
        }
        return Uni.join()
                .all(asked)
                .andFailFast()
                .map(found -> CachedKeyRing.of(
                        found.stream().flatMap(Optional::stream).toList()));
    }

    private static SortedMap<ServerName, SortedSet<KeyId>> needed(List<UnverifiedPdu> pdus) {
        SortedMap<ServerName, SortedSet<KeyId>> needed = new TreeMap<>();
        for (UnverifiedPdu pdu : pdus) {
            PduChecks.requiredSignatures(pdu)
                    .forEach((server, keyIds) -> needed.computeIfAbsent(server, name -> new TreeSet<>())
                            .addAll(keyIds));
        }
        return needed;
    }
}
