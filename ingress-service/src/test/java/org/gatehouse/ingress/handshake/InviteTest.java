package org.gatehouse.ingress.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.runtime.http.MatrixError;
import org.junit.jupiter.api.Test;

class InviteTest {

    private static final JsonObject EVENT = JsonObject.EMPTY.with("type", "m.room.member");

    @Test
    void readsTheSecondForm() {
        JsonArray state = JsonArray.of(create("11"));

        Invite invite = Invite.read(
                JsonObject.EMPTY.with("room_version", "11").with("event", EVENT).with("invite_room_state", state));

        assertThat(invite).isEqualTo(new Invite(RoomVersions.V11, EVENT, state));
    }

    @Test
    void theFirstFormIsTheEventWithItsStateInUnsigned() {
        JsonArray state = JsonArray.of(create("2"));
        JsonObject unsigned = JsonObject.EMPTY.with("age", 1).with("invite_room_state", state);

        Invite invite = Invite.readOfOld(EVENT.with("unsigned", unsigned), Optional.empty());

        assertThat(invite.version().id()).isEqualTo("2");
        assertThat(invite.roomState()).isEqualTo(state);
        assertThat(invite.event()).isEqualTo(EVENT.with("unsigned", JsonObject.EMPTY.with("age", 1)));
    }

    @Test
    void withoutACreateEventTheFirstFormIsOfARoomOfVersion1() {
        Invite invite = Invite.readOfOld(EVENT, Optional.empty());

        assertThat(invite.version().id()).isEqualTo("1");
        assertThat(invite.roomState()).isEqualTo(JsonArray.EMPTY);
        assertThat(invite.event()).isEqualTo(EVENT);
    }

    @Test
    void whatWeKnowOfTheRoomGoesBeforeWhatTheInviterShows() {
        JsonObject unsigned = JsonObject.EMPTY.with("invite_room_state", JsonArray.of(create("1")));

        Invite invite = Invite.readOfOld(EVENT.with("unsigned", unsigned), Optional.of("2"));

        assertThat(invite.version().id()).isEqualTo("2");
    }

    @Test
    void refusesTheFirstFormForLaterRooms() {
        JsonObject unsigned = JsonObject.EMPTY.with("invite_room_state", JsonArray.of(create("11")));

        assertThatThrownBy(() -> Invite.readOfOld(EVENT.with("unsigned", unsigned), Optional.empty()))
                .isInstanceOfSatisfying(MatrixError.class, error -> {
                    assertThat(error.status()).isEqualTo(400);
                    assertThat(error.errcode()).isEqualTo("M_INCOMPATIBLE_ROOM_VERSION");
                    assertThat(error.details().string("room_version")).contains("11");
                });
    }

    private static JsonObject create(String version) {
        return JsonObject.EMPTY
                .with("type", "m.room.create")
                .with("state_key", "")
                .with("sender", "@ann:peer.example")
                .with("content", JsonObject.EMPTY.with("room_version", version));
    }
}
