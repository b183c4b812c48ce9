package org.gatehouse.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.UserId;

/** A user at a client door, who speaks the Client-Server API. Works with any homeserver. */
public final class ClientUser {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final URI door;
    private final UserId id;
    private final String token;
    private final AtomicLong transactions = new AtomicLong();

    private ClientUser(URI door, UserId id, String token) {
        this.door = door;
        this.id = id;
        this.token = token;
    }

    /** A status and a body. */
    public record Answer(int status, JsonObject body) {

        /** The body of a 200. */
        public JsonObject ok() {
            if (status != 200) {
                throw new ClientRefused(this);
            }
            return body;
        }
    }

    /** Registers a user with {@code m.login.dummy}. */
    public static ClientUser register(URI door, String username) {
        return register(door, username, Optional.empty());
    }

    /**
     * Registers a user at one of several servers behind a door.
     *
     * @param host the Host header; the JVM sends it only with {@code -Djdk.httpclient.allowRestrictedHeaders=host}
     */
    public static ClientUser register(URI door, String username, String host) {
        return register(door, username, Optional.of(host));
    }

    private static ClientUser register(URI door, String username, Optional<String> host) {
        JsonObject auth = JsonObject.of("type", new JsonString("m.login.dummy"));
        JsonObject body = JsonObject.EMPTY
                .with("username", username)
                .with("password", "a long password of " + username)
                .with("auth", auth);
        JsonObject answer = call(door, "POST", "/_matrix/client/v3/register", Optional.of(body), Optional.empty(), host)
                .ok();
        return new ClientUser(
                door,
                new UserId(answer.string("user_id").orElseThrow()),
                answer.string("access_token").orElseThrow());
    }

    public UserId id() {
        return id;
    }

    /** {@code POST createRoom}. */
    public RoomId createRoom(JsonObject request) {
        JsonObject answer = post("/_matrix/client/v3/createRoom", request).ok();
        return new RoomId(answer.string("room_id").orElseThrow());
    }

    /** {@code POST join}, through one of the servers. */
    public Answer join(RoomId room, String... via) {
        StringBuilder query = new StringBuilder();
        for (String server : via) {
            query.append(query.length() == 0 ? '?' : '&')
                    .append("server_name=")
                    .append(encode(server))
                    .append("&via=")
                    .append(encode(server));
        }
        return post("/_matrix/client/v3/join/" + encode(room.toString()) + query, JsonObject.EMPTY);
    }

    /** {@code POST rooms/{roomId}/invite}. */
    public Answer invite(RoomId room, UserId user) {
        return membership(room, "invite", JsonObject.EMPTY.with("user_id", user.toString()));
    }

    /** {@code POST rooms/{roomId}/<action>}: leave, kick, ban and the like. */
    public Answer membership(RoomId room, String action, JsonObject request) {
        return post("/_matrix/client/v3/rooms/" + encode(room.toString()) + "/" + action, request);
    }

    /** Sends a text message under a transaction ID, so that it can be repeated. */
    public EventId sayOnce(RoomId room, String txnId, String text) {
        JsonObject content = JsonObject.EMPTY.with("msgtype", "m.text").with("body", text);
        return eventId(send(room, "m.room.message", txnId, content).ok());
    }

    /** Sends a text message. */
    public EventId say(RoomId room, String text) {
        JsonObject content = JsonObject.EMPTY.with("msgtype", "m.text").with("body", text);
        return eventId(send(room, "m.room.message", content).ok());
    }

    /** {@code PUT rooms/{roomId}/send}, with a transaction ID of its own. */
    public Answer send(RoomId room, String type, JsonObject content) {
        return send(room, type, "t" + transactions.incrementAndGet(), content);
    }

    /** {@code PUT rooms/{roomId}/send}. */
    public Answer send(RoomId room, String type, String txnId, JsonObject content) {
        String path = "/_matrix/client/v3/rooms/%s/send/%s/%s"
                .formatted(encode(room.toString()), encode(type), encode(txnId));
        return call("PUT", path, Optional.of(content));
    }

    /** {@code PUT rooms/{roomId}/state}. */
    public Answer setState(RoomId room, String type, String stateKey, JsonObject content) {
        String path = "/_matrix/client/v3/rooms/%s/state/%s/%s"
                .formatted(encode(room.toString()), encode(type), encode(stateKey));
        return call("PUT", path, Optional.of(content));
    }

    /** Content of a state event, if there is one. */
    public Optional<JsonObject> state(RoomId room, String type, String stateKey) {
        String path = "/_matrix/client/v3/rooms/%s/state/%s/%s"
                .formatted(encode(room.toString()), encode(type), encode(stateKey));
        Answer answer = call("GET", path, Optional.empty());
        return answer.status() == 404 ? Optional.empty() : Optional.of(answer.ok());
    }

    /** {@code GET sync}. */
    public JsonObject sync(Optional<String> since, Duration timeout) {
        String path = "/_matrix/client/v3/sync?timeout=" + timeout.toMillis()
                + since.map(token -> "&since=" + encode(token)).orElse("");
        return call("GET", path, Optional.empty()).ok();
    }

    /** Every event of a room that the user may see, oldest first. */
    public List<JsonObject> timeline(RoomId room) {
        List<JsonObject> newestFirst = new ArrayList<>();
        Optional<String> from = Optional.empty();
        do {
            String path = "/_matrix/client/v3/rooms/" + encode(room.toString()) + "/messages?dir=b&limit=100"
                    + from.map(token -> "&from=" + encode(token)).orElse("");
            JsonObject page = call("GET", path, Optional.empty()).ok();
            for (JsonValue event : page.array("chunk").map(JsonArray::values).orElse(List.of())) {
                newestFirst.add((JsonObject) event);
            }
            from = page.string("end");
        } while (from.isPresent());
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /** Syncs from the beginning until an event of the room's timeline or state fits. */
    public JsonObject awaitEvent(RoomId room, Predicate<JsonObject> wanted, Duration limit) {
        return awaitSync(
                body -> eventsOf(body, room).stream().filter(wanted).findFirst(),
                limit,
                "no such event in " + room + " for " + id);
    }

    /** Syncs until the event with that ID is there. */
    public JsonObject awaitEvent(RoomId room, EventId eventId, Duration limit) {
        return awaitEvent(
                room,
                event -> event.string("event_id")
                        .filter(eventId.toString()::equals)
                        .isPresent(),
                limit);
    }

    /** Syncs until there is an invite to the room; its stripped state. */
    public List<JsonObject> awaitInvite(RoomId room, Duration limit) {
        return awaitSync(
                body -> body.object("rooms")
                        .flatMap(rooms -> rooms.object("invite"))
                        .flatMap(invites -> invites.object(room.toString()))
                        .flatMap(invite -> invite.object("invite_state"))
                        .map(ClientUser::events),
                limit,
                "no invite to " + room + " for " + id);
    }

    /** Syncs until an answer has what is wanted. */
    public <T> T awaitSync(
            java.util.function.Function<JsonObject, Optional<T>> wanted, Duration limit, String otherwise) {
        long deadline = System.nanoTime() + limit.toNanos();
        Optional<String> since = Optional.empty();
        while (System.nanoTime() < deadline) {
            JsonObject body = sync(since, Duration.ofSeconds(2));
            Optional<T> found = wanted.apply(body);
            if (found.isPresent()) {
                return found.get();
            }
            since = body.string("next_batch");
        }
        throw new IllegalStateException(otherwise + " within " + limit.toSeconds() + " s");
    }

    /** A GET with the user's token. */
    public Answer get(String path) {
        return call("GET", path, Optional.empty());
    }

    /** A POST with the user's token. */
    public Answer post(String path, JsonObject body) {
        return call("POST", path, Optional.of(body));
    }

    private Answer call(String method, String path, Optional<JsonObject> body) {
        return call(door, method, path, body, Optional.of(token), Optional.empty());
    }

    private static Answer call(
            URI door,
            String method,
            String path,
            Optional<JsonObject> body,
            Optional<String> token,
            Optional<String> host) {
        HttpRequest.Builder request = HttpRequest.newBuilder(door.resolve(path))
                .timeout(PATIENCE)
                .method(
                        method,
                        body.map(CanonicalJson::write)
                                .map(HttpRequest.BodyPublishers::ofByteArray)
                                .orElse(HttpRequest.BodyPublishers.noBody()));
        body.ifPresent(present -> request.header("Content-Type", "application/json"));
        host.ifPresent(value -> request.header("Host", value));
        token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), StrictJson.parseObject(response.body()));
        } catch (IOException e) {
            throw new IllegalStateException("no answer from " + door + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The events of a room in a sync answer: its state, then its timeline. */
    public static List<JsonObject> eventsOf(JsonObject sync, RoomId room) {
        List<JsonObject> all = new ArrayList<>();
        sync.object("rooms")
                .flatMap(rooms -> rooms.object("join"))
                .flatMap(joined -> joined.object(room.toString()))
                .ifPresent(joined -> {
                    joined.object("state").map(ClientUser::events).ifPresent(all::addAll);
                    joined.object("timeline").map(ClientUser::events).ifPresent(all::addAll);
                });
        return all;
    }

    private static List<JsonObject> events(JsonObject section) {
        List<JsonObject> events = new ArrayList<>();
        for (JsonValue event : section.array("events").map(JsonArray::values).orElse(List.of())) {
            events.add((JsonObject) event);
        }
        return events;
    }

    private static EventId eventId(JsonObject answer) {
        return new EventId(answer.string("event_id").orElseThrow());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
