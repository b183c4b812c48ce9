package org.gatehouse.provider;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The client door as a client sees it. */
@QuarkusTest
class ClientDoorTest {

    private static final String V3 = "/_matrix/client/v3";
    private static final Map<String, Object> DUMMY = Map.of("auth", Map.of("type", "m.login.dummy"));

    @Test
    void asksForAStageBeforeItRegistersAnybody() {
        given().contentType(ContentType.JSON)
                .body("{\"username\": \"nobody\"}")
                .post(V3 + "/register")
                .then()
                .statusCode(401)
                .body("flows[0].stages[0]", equalTo("m.login.dummy"))
                .body("session", notNullValue());
    }

    @Test
    void registersWhoSaysWhoItIs() {
        String token = register("Frank.1");

        as(token)
                .get(V3 + "/account/whoami")
                .then()
                .statusCode(200)
                .body("user_id", equalTo("@frank.1:one.example"))
                .body("device_id", notNullValue());
    }

    @Test
    void refusesATakenOrABadName() {
        register("taken");

        assertThat(tryRegister("taken", "one.example").getString("errcode")).isEqualTo("M_USER_IN_USE");
        assertThat(tryRegister("sp ace", "one.example").getString("errcode")).isEqualTo("M_INVALID_USERNAME");
        assertThat(tryRegister("_irc_x", "one.example").getString("errcode")).isEqualTo("M_EXCLUSIVE");
    }

    @Test
    void registersUnderTheNameThatTheHostHeaderSays() {
        assertThat(tryRegister("gina", "two.example").getString("user_id")).isEqualTo("@gina:two.example");
        assertThat(tryRegister("gina", "two.example:1234").getString("errcode")).isEqualTo("M_USER_IN_USE");
        assertThat(tryRegister("gina", "localhost:8008").getString("user_id")).isEqualTo("@gina:one.example");
    }

    @Test
    void opensNoSessionWhenNoneIsWanted() {
        given().contentType(ContentType.JSON)
                .body(Map.of("username", "quiet", "inhibit_login", true, "auth", Map.of("type", "m.login.dummy")))
                .post(V3 + "/register")
                .then()
                .statusCode(200)
                .body("user_id", equalTo("@quiet:one.example"))
                .body("$", org.hamcrest.Matchers.not(hasKey("access_token")));
    }

    @Test
    void refusesMissingAndUnknownTokens() {
        given().get(V3 + "/account/whoami").then().statusCode(401).body("errcode", equalTo("M_MISSING_TOKEN"));
        as("wrong").get(V3 + "/account/whoami").then().statusCode(401).body("errcode", equalTo("M_UNKNOWN_TOKEN"));
    }

    @Test
    void endsASession() {
        String token = register("leaver");
        as(token).post(V3 + "/logout").then().statusCode(200);

        as(token).get(V3 + "/account/whoami").then().statusCode(401);
    }

    @Test
    void saysWhatItCanDo() {
        String token = register("curious");

        given().get("/_matrix/client/versions").then().statusCode(200).body("versions", hasItem("v1.11"));
        as(token)
                .get(V3 + "/capabilities")
                .then()
                .statusCode(200)
                .body("capabilities.'m.room_versions'.default", equalTo("12"))
                .body("capabilities.'m.room_versions'.available.'10'", equalTo("stable"));
    }

    @Test
    void letsBrowsersIn() {
        given().options(V3 + "/sync")
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Allow-Headers", org.hamcrest.Matchers.containsString("Authorization"));
        given().get(V3 + "/account/whoami").then().header("Access-Control-Allow-Origin", "*");
    }

    @Test
    void tellsBadJsonFromNoJson() {
        String token = register("typist");

        as(token).body("{").post(V3 + "/createRoom").then().statusCode(400).body("errcode", equalTo("M_NOT_JSON"));
        as(token).body("[]").post(V3 + "/createRoom").then().statusCode(400).body("errcode", equalTo("M_BAD_JSON"));
    }

    @Test
    void playsAConversation() {
        String alice = register("alice");
        String bob = register("bob");
        String room = as(alice)
                .body("{\"name\": \"Tea\", \"invite\": [\"@bob:one.example\"]}")
                .post(V3 + "/createRoom")
                .then()
                .statusCode(200)
                .body("room_id", startsWith("!"))
                .extract()
                .path("room_id");

        JsonPath invited = sync(bob, "");
        assertThat(invited.getList("rooms.invite.'" + room + "'.invite_state.events.type", String.class))
                .contains("m.room.create", "m.room.name", "m.room.member");

        as(bob).post(V3 + "/join/{room}", room).then().statusCode(200).body("room_id", equalTo(room));
        String sent = send(alice, room, "t1", "hello");
        assertThat(send(alice, room, "t1", "hello")).isEqualTo(sent);
        assertThat(send(alice, room, "t2", "hello")).isNotEqualTo(sent);

        JsonPath joined = sync(bob, "&since=" + invited.getString("next_batch"));
        List<String> seen = joined.getList("rooms.join.'" + room + "'.timeline.events.event_id", String.class);
        assertThat(seen).containsOnlyOnce(sent);

        as(bob).body("{}")
                .put(V3 + "/rooms/{room}/state/m.room.topic/", room)
                .then()
                .statusCode(403);
        as(alice)
                .body("{\"topic\": \"x\"}")
                .put(V3 + "/rooms/{room}/state/m.room.topic/", room)
                .then()
                .statusCode(200);
        as(alice)
                .body("{\"topic\": \"y\"}")
                .put(V3 + "/rooms/{room}/state/m.room.topic", room)
                .then()
                .statusCode(200);
        as(bob).get(V3 + "/rooms/{room}/state/m.room.topic", room).then().body("topic", equalTo("y"));
        as(bob).get(V3 + "/rooms/{room}/state/m.room.topic/", room).then().body("topic", equalTo("y"));
        as(bob).get(V3 + "/rooms/{room}/event/{event}", room, sent).then().body("content.body", equalTo("hello"));
        as(bob).get(V3 + "/joined_rooms").then().body("joined_rooms", equalTo(List.of(room)));
        as(bob).get(V3 + "/rooms/{room}/joined_members", room)
                .then()
                .body("joined", hasKey("@alice:one.example"))
                .body("joined", hasKey("@bob:one.example"));

        assertThat(pageBack(bob, room)).contains(sent).doesNotHaveDuplicates();

        as(alice)
                .body("{\"user_id\": \"@bob:one.example\", \"reason\": \"bye\"}")
                .post(V3 + "/rooms/{room}/kick", room)
                .then()
                .statusCode(200);
        JsonPath kicked = sync(bob, "&since=" + joined.getString("next_batch"));
        assertThat(kicked.getMap("rooms.leave")).containsKey(room);
        as(bob).post(V3 + "/rooms/{room}/forget", room).then().statusCode(200);
        as(bob).body("{\"body\": \"x\"}")
                .put(V3 + "/rooms/{r}/send/m.x/t", room)
                .then()
                .statusCode(403);
    }

    @Test
    void wakesAWaitingSync() throws Exception {
        String alice = register("waiter");
        String room =
                as(alice).body("{}").post(V3 + "/createRoom").then().extract().path("room_id");
        String since = sync(alice, "").getString("next_batch");
        CompletableFuture<JsonPath> waiting =
                CompletableFuture.supplyAsync(() -> sync(alice, "&timeout=20000&since=" + since));
        assertThat(waiting.isDone()).isFalse();

        String sent = send(alice, room, "wake", "up");

        JsonPath woken = waiting.get(5, TimeUnit.SECONDS);
        assertThat(woken.getList("rooms.join.'" + room + "'.timeline.events.event_id", String.class))
                .containsExactly(sent);
    }

    @Test
    void letsASyncEndWithoutNews() {
        String token = register("patient");
        String since = sync(token, "").getString("next_batch");

        assertThat(sync(token, "&timeout=150&since=" + since).getString("next_batch"))
                .isNotNull();
    }

    @Test
    void heedsTheLimitOfAFilter() {
        String token = register("filterer");
        String room =
                as(token).body("{}").post(V3 + "/createRoom").then().extract().path("room_id");
        String inline = "{\"room\":{\"timeline\":{\"limit\":1}}}";

        JsonPath synced = as(token)
                .queryParam("filter", inline)
                .get(V3 + "/sync")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(synced.getList("rooms.join.'" + room + "'.timeline.events")).hasSize(1);
        assertThat(synced.getBoolean("rooms.join.'" + room + "'.timeline.limited"))
                .isTrue();
    }

    @Test
    void servesApplicationServices() {
        RequestSpecification service = as("as-secret");
        service.body("{\"type\": \"m.login.application_service\", \"username\": \"_irc_ghost\"}")
                .post(V3 + "/register")
                .then()
                .statusCode(200)
                .body("user_id", equalTo("@_irc_ghost:one.example"));

        as("as-secret").get(V3 + "/account/whoami").then().body("user_id", equalTo("@ircbot:one.example"));
        as("as-secret")
                .queryParam("user_id", "@_irc_ghost:one.example")
                .get(V3 + "/account/whoami")
                .then()
                .body("user_id", equalTo("@_irc_ghost:one.example"));
        as("as-secret")
                .queryParam("user_id", "@alice:one.example")
                .get(V3 + "/account/whoami")
                .then()
                .statusCode(403);
        as("as-secret")
                .queryParam("user_id", "@_irc_unregistered:one.example")
                .get(V3 + "/account/whoami")
                .then()
                .statusCode(403);
        as("as-secret")
                .body("{\"type\": \"m.login.application_service\", \"username\": \"human\"}")
                .post(V3 + "/register")
                .then()
                .statusCode(400)
                .body("errcode", equalTo("M_EXCLUSIVE"));
    }

    private static String register(String name) {
        return tryRegister(name, "one.example").getString("access_token");
    }

    private static JsonPath tryRegister(String name, String host) {
        return given().contentType(ContentType.JSON)
                .header("Host", host)
                .body(Map.of("username", name, "auth", DUMMY.get("auth")))
                .post(V3 + "/register")
                .jsonPath();
    }

    private static RequestSpecification as(String token) {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + token);
    }

    private static String send(String token, String room, String txn, String text) {
        return as(token)
                .body(Map.of("msgtype", "m.text", "body", text))
                .put(V3 + "/rooms/{room}/send/m.room.message/{txn}", room, txn)
                .then()
                .statusCode(200)
                .extract()
                .path("event_id");
    }

    private static JsonPath sync(String token, String query) {
        return as(token)
                .get(V3 + "/sync?x=1" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static List<String> pageBack(String token, String room) {
        List<String> all = new java.util.ArrayList<>();
        String from = "";
        do {
            JsonPath page = as(token)
                    .get(V3 + "/rooms/{room}/messages?dir=b&limit=3" + from, room)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            all.addAll(page.getList("chunk.event_id", String.class));
            from = page.getString("end") == null ? "" : "&from=" + page.getString("end");
        } while (!from.isEmpty());
        return all;
    }
}
