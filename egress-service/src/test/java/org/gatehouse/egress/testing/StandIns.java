package org.gatehouse.egress.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.gatehouse.cluster.BulkRange;
import org.gatehouse.cluster.BulkRecord;
import org.gatehouse.cluster.ReceivedRecord;
import org.gatehouse.egress.remote.RequestSigner;
import org.gatehouse.egress.roomlog.RoomLogs;
import org.gatehouse.egress.verification.VerifyKeys;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.request.SignedRequest;
import org.gatehouse.matrix.signing.ServerKeys;
import org.gatehouse.matrix.signing.SigningKey;
import org.gatehouse.matrix.signing.VerifyKey;

/** The cluster around egress, in memory. */
public final class StandIns {

    private StandIns() {}

    /** Signs with the keys of hosted names; nothing else. */
    public static RequestSigner signer(Map<ServerName, SigningKey> keys) {
        return (SignedRequest request) -> request.authorization(keys.get(request.origin()));
    }

    /** Keys of servers, by name. */
    public static final class Keys implements VerifyKeys {
        private final Map<ServerName, Map<KeyId, VerifyKey>> byServer = new HashMap<>();
        public int asked;

        public Keys with(ServerName server, SigningKey key) {
            byServer.computeIfAbsent(server, name -> new HashMap<>()).put(key.id(), key.verifyKey());
            return this;
        }

        @Override
        public List<ServerKeys> find(Map<ServerName, Set<KeyId>> wanted, long minimumValidUntilTs) {
            asked++;
            List<ServerKeys> found = new ArrayList<>();
            wanted.keySet().stream()
                    .filter(byServer::containsKey)
                    .forEach(server -> found.add(new ServerKeys(
                            server,
                            new TreeMap<>(byServer.get(server)),
                            new TreeMap<>(),
                            Long.MAX_VALUE,
                            JsonObject.EMPTY)));
            return found;
        }
    }

    /** Keeps what was written. */
    public static final class Logs implements RoomLogs {
        public final List<BulkRecord> bulk = new ArrayList<>();
        public final List<ReceivedRecord> log = new ArrayList<>();

        @Override
        public synchronized BulkRange writeBulk(RoomId roomId, String bulkId, List<BulkRecord> records) {
            int first = bulk.size();
            bulk.addAll(records);
            return new BulkRange(bulkId, 0, first, bulk.size() - 1L, records.size());
        }

        @Override
        public synchronized void writeLog(List<? extends ReceivedRecord> records) {
            log.addAll(records);
        }

        public <T extends ReceivedRecord> List<T> logged(Class<T> kind) {
            return log.stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        /** The records of one range. */
        public List<BulkRecord> in(BulkRange range) {
            return bulk.stream()
                    .filter(record -> record.bulkId().equals(range.bulkId()))
                    .toList();
        }

        public static List<String> ids(Collection<BulkRecord> records) {
            return records.stream().map(record -> record.eventId().toString()).toList();
        }
    }
}
