package org.gatehouse.matrix.stateres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gatehouse.matrix.event.StateKey;
import org.gatehouse.matrix.identifier.EventId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateMapTest {

    @Test
    void theEmptyMapHasNothing() {
        assertThat(StateMap.EMPTY.size()).isZero();
        assertThat(StateMap.EMPTY.isEmpty()).isTrue();
        assertThat(StateMap.EMPTY.get(key(1))).isEmpty();
        assertThat(StateMap.EMPTY.without(key(1))).isSameAs(StateMap.EMPTY);
        assertThat(StateMap.EMPTY.diff(StateMap.EMPTY)).isEmpty();
    }

    @Test
    void aChangeLeavesTheOldMapAlone() {
        StateMap before = StateMap.EMPTY.with(key(1), event(1));

        StateMap changed = before.with(key(1), event(2));
        StateMap removed = before.without(key(1));

        assertThat(before.get(key(1))).contains(event(1));
        assertThat(changed.get(key(1))).contains(event(2));
        assertThat(removed).isSameAs(StateMap.EMPTY);
        assertThat(before.with(key(1), event(1))).isSameAs(before);
        assertThat(before.isEmpty()).isFalse();
    }

    @Test
    void typeAndStateKeyAreKeptApart() {
        StateMap one = StateMap.EMPTY.with(new StateKey("ab", "c"), event(1));
        StateMap other = StateMap.EMPTY.with(new StateKey("a", "bc"), event(1));

        assertThat(one).isNotEqualTo(other);
        assertThat(one.rootHash()).isNotEqualTo(other.rootHash());
        assertThat(one.get(new StateKey("a", "bc"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 40, 2_000})
    void behavesLikeATreeMap(int keys) {
        Random random = new Random(keys);
        TreeMap<StateKey, EventId> model = new TreeMap<>();
        StateMap map = StateMap.EMPTY;
        List<Map<StateKey, EventId>> models = new ArrayList<>();
        List<StateMap> maps = new ArrayList<>();
        for (int step = 0; step < 6 * keys + 500; step++) {
            StateKey key = key(random.nextInt(keys));
            if (random.nextInt(3) == 0) {
                model.remove(key);
                map = map.without(key);
            } else {
                EventId value = event(random.nextInt(4));
                model.put(key, value);
                map = map.with(key, value);
            }
            assertThat(map.size()).isEqualTo(model.size());
            assertThat(map.get(key)).isEqualTo(Optional.ofNullable(model.get(key)));
            if (random.nextInt(keys) < 3) {
                models.add(new TreeMap<>(model));
                maps.add(map);
            }
        }
        for (int i = 0; i < maps.size(); i++) {
            assertThat(entries(maps.get(i))).containsExactlyEntriesOf(models.get(i));
        }
        for (int i = 0; i < 60; i++) {
            int a = random.nextInt(maps.size());
            int b = random.nextInt(maps.size());
            assertThat(maps.get(a).diff(maps.get(b))).isEqualTo(difference(models.get(a), models.get(b)));
            assertThat(maps.get(a).equals(maps.get(b))).isEqualTo(models.get(a).equals(models.get(b)));
            assertThat(maps.get(a).rootHash() == maps.get(b).rootHash())
                    .isEqualTo(models.get(a).equals(models.get(b)));
        }
    }

    @Test
    void equalEntriesMakeEqualMapsInWhateverOrder() {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            numbers.add(i);
        }
        StateMap first = null;
        for (int round = 0; round < 5; round++) {
            Collections.shuffle(numbers, new Random(round));
            StateMap map = StateMap.EMPTY;
            for (int i : numbers) {
                map = map.with(key(i), event(i)).with(key(-i - 1), event(i));
            }
            for (int i : numbers) {
                map = map.without(key(-i - 1));
            }
            first = first == null ? map : first;
            assertThat(map).isEqualTo(first).hasSameHashCodeAs(first);
            assertThat(map.rootHash()).isEqualTo(first.rootHash());
            assertThat(map.diff(first)).isEmpty();
        }
    }

    @Test
    void visitsInTheOrderOfTheSlots() {
        StateMap map = StateMap.EMPTY;
        TreeSet<StateKey> expected = new TreeSet<>();
        for (String type : List.of("b", "a", "\uFFFD", "\uD83D\uDE00", "aa")) {
            for (String key : List.of("", "@x", "\uFFFD", "\uD83D\uDE00")) {
                map = map.with(new StateKey(type, key), event(1));
                expected.add(new StateKey(type, key));
            }
        }

        List<StateKey> visited = new ArrayList<>();
        map.forEach((key, event) -> visited.add(key));

        assertThat(visited).containsExactlyElementsOf(expected);
        assertThat(visited.get(visited.size() - 1)).isEqualTo(new StateKey("\uD83D\uDE00", "\uD83D\uDE00"));
    }

    @Test
    void aChangeSharesAllButOnePath() {
        TrieBranch before = TrieBranch.EMPTY;
        for (int i = 0; i < 2_000; i++) {
            before = before.with(new TrieEntry(key(i), TrieEntry.hashOf(key(i)), event(i)), 0);
        }

        TrieBranch after = before.with(new TrieEntry(key(1), TrieEntry.hashOf(key(1)), event(-1)), 0);

        int changed = 0;
        for (int slot = 0; slot < 32; slot++) {
            changed += before.child(slot) == after.child(slot) ? 0 : 1;
        }
        assertThat(changed).isEqualTo(1);
    }

    @Test
    void comparingCostsWhatDiffers() {
        StateMap big = StateMap.EMPTY;
        for (int i = 0; i < 100_000; i++) {
            big = big.with(key(i), event(i));
        }
        StateMap other = big;
        int found = 0;

        for (int i = 0; i < 2_000; i++) {
            other = other.with(key(i), event(-i - 1));
            found += big.with(key(i), event(-i - 1)).diff(big).size();
        }

        assertThat(found).isEqualTo(2_000);
        assertThat(big.diff(other)).hasSize(2_000);
    }

    @Test
    void keysWithTheSameHashLiveTogether() {
        Random random = new Random(1);
        TreeMap<StateKey, EventId> model = new TreeMap<>();
        TrieBranch root = TrieBranch.EMPTY;
        for (int step = 0; step < 3_000; step++) {
            StateKey key = key(random.nextInt(24));
            if (random.nextInt(3) == 0) {
                if (model.remove(key) != null) {
                    root = TrieBranch.asRoot(root.without(poorHash(key), 0, key));
                }
            } else {
                EventId value = event(random.nextInt(3));
                model.put(key, value);
                root = root.with(new TrieEntry(key, poorHash(key), value), 0);
            }
            assertThat(entries(root)).containsExactlyEntriesOf(model);
            TrieEntry found = root.find(poorHash(key), 0, key);
            assertThat(found == null ? null : found.eventId()).isEqualTo(model.get(key));
            TrieBranch fresh = TrieBranch.EMPTY;
            for (Map.Entry<StateKey, EventId> entry : model.descendingMap().entrySet()) {
                fresh = fresh.with(new TrieEntry(entry.getKey(), poorHash(entry.getKey()), entry.getValue()), 0);
            }
            assertThat(root.digest()).isEqualTo(fresh.digest());
            List<StateChange> changes = new ArrayList<>();
            TrieDiff.visit(root, fresh, (before, after) -> changes.add(StateChange.of(before, after)));
            assertThat(changes).isEmpty();
        }
    }

    /**
     * Stored states carry their root hash, so it must never change. The numbers come from a few lines of Python: a text
     * is four bytes of length and its UTF-8; an entry is type, state key and event ID; a branch the first 16 bytes of the
     * SHA-256 of its bitmap, in four bytes, and its children; a child of the root is chosen by the lowest five bits of the
     * first eight bytes of the SHA-256 of type and state key, its child by the next five, and so on.
     */
    @Test
    void aRootHashIsForEver() {
        StateMap one = StateMap.EMPTY.with(new StateKey("m.room.create", ""), new EventId("$create"));
        StateMap five = one.with(new StateKey("m.room.member", "@alice:a.example"), new EventId("$alice"))
                .with(new StateKey("m.room.member", "@\uD83D\uDE00:\u00fc.example"), new EventId("$smile"))
                .with(new StateKey("m.room.topic", ""), new EventId("$topic"))
                .with(new StateKey("org.example.long", "x".repeat(70_000)), new EventId("$long"));
        StateMap many = StateMap.EMPTY;
        for (int i = 0; i < 300; i++) {
            many = many.with(new StateKey("m.room.member", "@user" + i + ":example.org"), event(i));
        }

        assertThat(StateMap.EMPTY.rootHash()).isEqualTo(0xdf3f619804a92fdbL);
        assertThat(one.rootHash()).isEqualTo(0x6a74d7ba4e03920aL);
        assertThat(five.rootHash()).isEqualTo(0xb1ca5c3462e1a8e3L);
        assertThat(many.rootHash()).isEqualTo(0xd92d04278eab70f0L);
        assertThat(many.hashCode()).isEqualTo(Long.hashCode(0xd92d04278eab70f0L));
        assertThat(many).hasToString("StateMap[300 entries, d92d04278eab70f0]");
        assertThat(TrieDigest.ofKey(new StateKey("m.room.topic", "")))
                .isEqualTo(new TrieDigest(0xd66abc685898dddaL, 0x14105ac30d892ea6L));
        assertThat(new TrieDigest(0xd66abc685898dddaL, 0)).hasSameHashCodeAs(0xd66abc685898dddaL);
    }

    /** As above; a bucket is its number of entries, in one byte, and the entries by type and state key. */
    @Test
    void aBucketCountsForTheRootHashWithAllItsEntries() {
        long hash = 0x0123456789abcdefL;
        TrieBranch bucket = TrieBranch.EMPTY
                .with(new TrieEntry(new StateKey("t", "a"), hash, new EventId("$1")), 0)
                .with(new TrieEntry(new StateKey("t", "b"), hash, new EventId("$2")), 0)
                .with(new TrieEntry(new StateKey("s", "c"), hash, new EventId("$3")), 0);
        TrieBranch neighbour =
                bucket.with(new TrieEntry(new StateKey("t", "d"), hash ^ Long.MIN_VALUE, new EventId("$4")), 0);

        assertThat(bucket.digest()).isEqualTo(new TrieDigest(0x8f3000df6a4311cfL, 0x62645b4c2f9b3582L));
        assertThat(neighbour.digest()).isEqualTo(new TrieDigest(0xaa266beb911029c5L, 0x28f98655d81ffc11L));
    }

    @Test
    void aKeyIsMoreThanItsHash() {
        TrieEntry entry = new TrieEntry(new StateKey("t", "a"), 5, event(1));
        TrieEntry sameKey = new TrieEntry(new StateKey("t", new String("a")), 5, event(2));
        TrieEntry sameHash = new TrieEntry(new StateKey("t", "b"), 5, event(1));
        TrieBranch root = TrieBranch.EMPTY.with(entry, 0);

        assertThat(entry.hasKeyOf(entry)).isTrue();
        assertThat(entry.hasKeyOf(sameKey)).isTrue();
        assertThat(entry.hasKeyOf(sameHash)).isFalse();
        assertThat(root.find(5, 0, sameKey.key())).isSameAs(entry);
        assertThat(root.find(5, 0, sameHash.key())).isNull();
        assertThat(TrieBranch.asRoot(root.without(5, 0, entry.key()))).isSameAs(TrieBranch.EMPTY);
    }

    /** Few values, two of which differ only in their last bits, and many keys for each. */
    private static long poorHash(StateKey key) {
        return (Long.parseLong(key.stateKey().substring(1)) % 3) << 62;
    }

    private static TreeMap<StateKey, EventId> entries(TrieNode node) {
        TreeMap<StateKey, EventId> entries = new TreeMap<>();
        node.visit(
                entry -> assertThat(entries.put(entry.key(), entry.eventId())).isNull());
        return entries;
    }

    private static TreeMap<StateKey, EventId> entries(StateMap map) {
        TreeMap<StateKey, EventId> entries = new TreeMap<>();
        map.forEach((key, event) -> assertThat(entries.put(key, event)).isNull());
        return entries;
    }

    private static List<StateChange> difference(Map<StateKey, EventId> before, Map<StateKey, EventId> after) {
        TreeSet<StateKey> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        return keys.stream()
                .map(key ->
                        new StateChange(key, Optional.ofNullable(before.get(key)), Optional.ofNullable(after.get(key))))
                .filter(change -> !change.before().equals(change.after()))
                .toList();
    }

    private static StateKey key(int number) {
        return new StateKey(number % 5 == 0 ? "m.room.topic" : "m.room.member", "@" + number);
    }

    private static EventId event(int number) {
        return new EventId("$event" + number);
    }
}
