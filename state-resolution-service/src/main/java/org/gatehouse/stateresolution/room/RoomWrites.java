package org.gatehouse.stateresolution.room;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What records changed in a room, to be stored in one go: rows in the order they came about, and the last head. */
public final class RoomWrites {

    private final List<JudgedRow> judged = new ArrayList<>();
    private final List<PlaceRow> places = new ArrayList<>();
    private final List<VersionRow> versions = new ArrayList<>();
    private final List<SnapshotRow> snapshots = new ArrayList<>();
    private final List<AuthRow> authEvents = new ArrayList<>();
    private final List<OutOfBandRow> outOfBand = new ArrayList<>();
    private @Nullable RoomHead head;

    public void add(JudgedRow row) {
        judged.add(row);
    }

    public void add(PlaceRow row) {
        places.add(row);
    }

    public void add(VersionRow row) {
        versions.add(row);
    }

    public void add(SnapshotRow row) {
        snapshots.add(row);
    }

    public void add(AuthRow row) {
        authEvents.add(row);
    }

    public void add(OutOfBandRow row) {
        outOfBand.add(row);
    }

    public void head(RoomHead newHead) {
        head = newHead;
    }

    /** Takes over what came later. */
    public void addAll(RoomWrites later) {
        judged.addAll(later.judged);
        places.addAll(later.places);
        versions.addAll(later.versions);
        snapshots.addAll(later.snapshots);
        authEvents.addAll(later.authEvents);
        outOfBand.addAll(later.outOfBand);
        if (later.head != null) {
            head = later.head;
        }
    }

    public List<JudgedRow> judged() {
        return judged;
    }

    public List<PlaceRow> places() {
        return places;
    }

    public List<VersionRow> versions() {
        return versions;
    }

    public List<SnapshotRow> snapshots() {
        return snapshots;
    }

    /** Rows of auth events; each holds only what was learnt now. */
    public List<AuthRow> authEvents() {
        return authEvents;
    }

    public List<OutOfBandRow> outOfBand() {
        return outOfBand;
    }

    /** Absent if nothing was worked but repeats. */
    public @Nullable RoomHead head() {
        return head;
    }
}
