package org.gatehouse.testkit.shapes;

import java.util.ArrayList;
import java.util.List;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.event.EventTypes;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.stateres.StateMap;

/** The shapes G1 to G7, from a seed. */
public final class Shapes {
    private final RoomVersion version;
    private final long seed;

    /** Shapes of rooms of this version; the same seed gives the same rooms. */
    public Shapes(RoomVersion version, long seed) {
        this.version = version;
        this.seed = seed;
    }

    /** All seven in the sizes that docs/performance.md speaks of; G2 in three. */
    public List<Shape> all() {
        return List.of(
                bridgeChurn(10_000, 1_000),
                bigRoom(30_000, 10),
                bigRoom(30_000, 10_000),
                bigRoom(300_000, 10),
                banWave(5_000),
                deepMainline(5_000),
                longChain(20_000),
                extremities(20),
                denseSubgraph(2_000));
    }

    /**
     * G1: a bridge's users come and go. On one side so many of them leave, on the other the same ones change their names.
     */
    public Shape bridgeChurn(int members, int conflicts) {
        ShapeRoom room = withMembers(members);
        StateMap before = room.state();
        for (int i = 0; i < conflicts; i++) {
            String user = ShapeRoom.user(i);
            room.member(user, user, "leave");
        }
        StateMap left = room.state();
        room.at(before);
        for (int i = 0; i < conflicts; i++) {
            String user = ShapeRoom.user(i);
            room.member(user, user, "join");
        }
        return room.shape("G1-" + members + "-" + conflicts, List.of(left, room.state()));
    }

    /** G2: a big room, in which so many members changed their names on both sides. */
    public Shape bigRoom(int members, int conflicts) {
        ShapeRoom room = withMembers(members);
        StateMap before = room.state();
        List<StateMap> sides = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
            room.at(before);
            for (int i = 0; i < conflicts; i++) {
                String user = ShapeRoom.user(i * (members / conflicts));
                room.member(user, user, "join");
            }
            sides.add(room.state());
        }
        return room.shape("G2-" + members + "-" + conflicts, sides);
    }

    /** G3: on one side the moderator bans everyone who joined on the other, after a change of the power levels. */
    public Shape banWave(int joins) {
        ShapeRoom room = new ShapeRoom(version, seed);
        String moderator = ShapeRoom.user(joins);
        room.member(moderator, moderator, "join");
        StateMap before = room.state();
        room.powerLevels(ShapeRoom.ADMIN, List.of(moderator));
        for (int i = 0; i < joins; i++) {
            room.member(moderator, ShapeRoom.user(i), "ban");
        }
        StateMap banned = room.state();
        room.at(before);
        for (int i = 0; i < joins; i++) {
            room.member(ShapeRoom.user(i), ShapeRoom.user(i), "join");
        }
        return room.shape("G3-" + joins, List.of(banned, room.state()));
    }

    /** G4: power levels that changed many times; one side knows the first half of it, and both have topics all along. */
    public Shape deepMainline(int changes) {
        ShapeRoom room = new ShapeRoom(version, seed);
        StateMap half = room.state();
        for (int i = 0; i < changes; i++) {
            room.powerLevels(ShapeRoom.ADMIN, List.of(ShapeRoom.user(i)));
            if (i % 10 == 0) {
                room.append(ShapeRoom.ADMIN, "org.example.note", "n" + i, JsonObject.EMPTY.with("note", i));
            }
            if (i == changes / 2) {
                half = room.state();
            }
        }
        StateMap whole = room.state();
        room.at(half);
        for (int i = 0; i < changes; i += 10) {
            room.append(ShapeRoom.ADMIN, "org.example.note", "n" + i, JsonObject.EMPTY.with("note", -i));
        }
        return room.shape("G4-" + changes, List.of(whole, room.state()));
    }

    /** G5: one member whose name changed many times; one side stopped hearing of it ten changes ago. */
    public Shape longChain(int changes) {
        ShapeRoom room = new ShapeRoom(version, seed);
        String user = ShapeRoom.user(0);
        StateMap stale = room.state();
        for (int i = 0; i < changes; i++) {
            room.member(user, user, "join");
            if (i == changes - 10) {
                stale = room.state();
            }
        }
        return room.shape("G5-" + changes, List.of(stale, room.state()));
    }

    /** G6: many extremities, on each of which other members changed their names, and some the topic. */
    public Shape extremities(int extremities) {
        ShapeRoom room = withMembers(1_000);
        StateMap before = room.state();
        List<StateMap> states = new ArrayList<>();
        for (int extremity = 0; extremity < extremities; extremity++) {
            room.at(before);
            for (int i = 0; i < 10; i++) {
                String user = ShapeRoom.user(room.draw(1_000));
                room.member(user, user, "join");
            }
            if (extremity % 3 == 0) {
                room.append(ShapeRoom.ADMIN, "m.room.topic", "", JsonObject.EMPTY.with("topic", extremity));
            }
            states.add(room.state());
        }
        return room.shape("G6-" + extremities, states);
    }

    /**
     * G7: as many ways as possible from one conflicted event to another. Moderators set power levels in turn, and each
     * changes the name before, so that every levels event is reached over two others; one side has the first of all this.
     */
    public Shape denseSubgraph(int steps) {
        ShapeRoom room = new ShapeRoom(version, seed);
        List<String> moderators = List.of(ShapeRoom.user(0), ShapeRoom.user(1));
        moderators.forEach(user -> room.member(user, user, "join"));
        room.powerLevels(ShapeRoom.ADMIN, moderators);
        StateMap first = room.state();
        for (int i = 0; i < steps; i++) {
            String user = moderators.get(i % 2);
            room.member(user, user, "join");
            room.powerLevels(user, moderators);
        }
        StateMap whole = room.state();
        room.at(first);
        room.append(ShapeRoom.ADMIN, EventTypes.JOIN_RULES, "", JsonObject.EMPTY.with("join_rule", "invite"));
        return room.shape("G7-" + steps, List.of(whole, room.state()));
    }

    private ShapeRoom withMembers(int members) {
        ShapeRoom room = new ShapeRoom(version, seed);
        for (int i = 0; i < members; i++) {
            room.member(ShapeRoom.user(i), ShapeRoom.user(i), "join");
        }
        return room;
    }
}
