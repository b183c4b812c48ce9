package org.gatehouse.ingress.surface;

import static org.gatehouse.ingress.surface.Row.get;
import static org.gatehouse.ingress.surface.Row.post;
import static org.gatehouse.ingress.surface.Row.put;

import java.util.List;
import java.util.Optional;

/**
 * Every operation of the Server-Server API, version 1.19, and the forms that it dropped and servers still use. The order
 * counts where two paths fit: the first one is meant.
 */
@SuppressWarnings("ImmutableEnumChecker")
public enum Operation {
    WELL_KNOWN(get("/.well-known/matrix/server").byAnyone().of(Row.INGRESS)),
    POLICY_SERVER_KEY(get("/.well-known/matrix/policy_server").byAnyone().of(Row.KEYS)),
    VERSION(get("/_matrix/federation/v1/version").byAnyone().of(Row.INGRESS)),
    SERVER_KEYS(get("/_matrix/key/v2/server").byAnyone().of(Row.KEYS)),
    SERVER_KEYS_BY_ID(
            get("/_matrix/key/v2/server/{keyId}").byAnyone().of(Row.KEYS).dropped("v1.6")),
    QUERY_KEYS_OF_ONE(get("/_matrix/key/v2/query/{serverName}").byAnyone().notYet(Row.KEYS, NotBuilt.UNRECOGNIZED)),
    QUERY_KEYS(post("/_matrix/key/v2/query").byAnyone().notYet(Row.KEYS, NotBuilt.UNRECOGNIZED)),
    OPENID_USERINFO(
            get("/_matrix/federation/v1/openid/userinfo").byAnyone().notYet(Row.PROVIDER, NotBuilt.UNKNOWN_TOKEN)),
    THIRD_PARTY_BOUND(put("/_matrix/federation/v1/3pid/onbind").byAnyone().notYet(Row.INGRESS, NotBuilt.UNRECOGNIZED)),
    THIRD_PARTY_BOUND_BY_POST(post("/_matrix/federation/v1/3pid/onbind")
            .byAnyone()
            .notYet(Row.INGRESS, NotBuilt.UNRECOGNIZED)
            .dropped("never specified; what identity servers send")),

    SEND(put("/_matrix/federation/v1/send/{txnId}").signed().of(Row.INGRESS)),

    EVENT(get("/_matrix/federation/v1/event/{eventId}")
            .signed()
            .asksMembership()
            .of(Row.GRAPH)),
    STATE(get("/_matrix/federation/v1/state/{roomId}")
            .signed()
            .asksAcl()
            .asksMembership()
            .of(Row.JUDGE)),
    STATE_IDS(get("/_matrix/federation/v1/state_ids/{roomId}")
            .signed()
            .asksAcl()
            .asksMembership()
            .of(Row.JUDGE)),
    EVENT_AUTH(get("/_matrix/federation/v1/event_auth/{roomId}/{eventId}")
            .signed()
            .asksAcl()
            .asksMembership()
            .of(Row.JUDGE)),
    BACKFILL(get("/_matrix/federation/v1/backfill/{roomId}")
            .signed()
            .asksAcl()
            .asksMembership()
            .of(Row.GRAPH)),
    MISSING_EVENTS(post("/_matrix/federation/v1/get_missing_events/{roomId}")
            .signed()
            .asksAcl()
            .asksMembership()
            .of(Row.GRAPH)),
    TIMESTAMP_TO_EVENT(get("/_matrix/federation/v1/timestamp_to_event/{roomId}")
            .signed()
            .asksMembership()
            .notYet(Row.GRAPH, NotBuilt.NOT_FOUND)),

    MAKE_JOIN(get("/_matrix/federation/v1/make_join/{roomId}/{userId}")
            .signed()
            .asksAcl()
            .of(Row.INGRESS)),
    SEND_JOIN(put("/_matrix/federation/v2/send_join/{roomId}/{eventId}")
            .signed()
            .asksAcl()
            .of(Row.INGRESS)),
    SEND_JOIN_V1(put("/_matrix/federation/v1/send_join/{roomId}/{eventId}")
            .signed()
            .asksAcl()
            .of(Row.INGRESS)
            .dropped("v1.18")),
    MAKE_KNOCK(get("/_matrix/federation/v1/make_knock/{roomId}/{userId}")
            .signed()
            .asksAcl()
            .notYet(Row.INGRESS, NotBuilt.NOT_FOUND)),
    SEND_KNOCK(put("/_matrix/federation/v1/send_knock/{roomId}/{eventId}")
            .signed()
            .asksAcl()
            .notYet(Row.INGRESS, NotBuilt.NOT_FOUND)),
    MAKE_LEAVE(get("/_matrix/federation/v1/make_leave/{roomId}/{userId}")
            .signed()
            .asksAcl()
            .of(Row.INGRESS)),
    SEND_LEAVE(put("/_matrix/federation/v2/send_leave/{roomId}/{eventId}")
            .signed()
            .asksAcl()
            .of(Row.INGRESS)),
    SEND_LEAVE_V1(put("/_matrix/federation/v1/send_leave/{roomId}/{eventId}")
            .signed()
            .asksAcl()
            .of(Row.INGRESS)
            .dropped("v1.18")),
    INVITE(put("/_matrix/federation/v2/invite/{roomId}/{eventId}")
            .signed()
            .asksAcl()
            .of(Row.INGRESS)),
    INVITE_V1(put("/_matrix/federation/v1/invite/{roomId}/{eventId}")
            .signed()
            .asksAcl()
            .of(Row.INGRESS)),
    EXCHANGE_THIRD_PARTY_INVITE(put("/_matrix/federation/v1/exchange_third_party_invite/{roomId}")
            .signed()
            .notYet(Row.INGRESS, NotBuilt.UNRECOGNIZED)),

    PUBLIC_ROOMS(get("/_matrix/federation/v1/publicRooms").signed().notYet(Row.PROVIDER, NotBuilt.UNRECOGNIZED)),
    SEARCH_PUBLIC_ROOMS(
            post("/_matrix/federation/v1/publicRooms").signed().notYet(Row.PROVIDER, NotBuilt.UNRECOGNIZED)),
    HIERARCHY(get("/_matrix/federation/v1/hierarchy/{roomId}").signed().notYet(Row.JUDGE, NotBuilt.NOT_FOUND)),
    QUERY_DIRECTORY(get("/_matrix/federation/v1/query/directory").signed().notYet(Row.PROVIDER, NotBuilt.NOT_FOUND)),
    QUERY_PROFILE(get("/_matrix/federation/v1/query/profile").signed().notYet(Row.PROVIDER, NotBuilt.NOT_FOUND)),
    QUERY_ANYTHING(get("/_matrix/federation/v1/query/{queryType}").signed().notYet(Row.PROVIDER, NotBuilt.NOT_FOUND)),
    USER_DEVICES(get("/_matrix/federation/v1/user/devices/{userId}").signed().notYet(Row.KEYS, NotBuilt.NOT_FOUND)),
    QUERY_DEVICE_KEYS(post("/_matrix/federation/v1/user/keys/query").signed().notYet(Row.KEYS, NotBuilt.UNRECOGNIZED)),
    CLAIM_DEVICE_KEYS(post("/_matrix/federation/v1/user/keys/claim").signed().notYet(Row.KEYS, NotBuilt.UNRECOGNIZED)),
    MEDIA_DOWNLOAD(
            get("/_matrix/federation/v1/media/download/{mediaId}").signed().notYet(Row.MEDIA, NotBuilt.NOT_FOUND)),
    MEDIA_THUMBNAIL(
            get("/_matrix/federation/v1/media/thumbnail/{mediaId}").signed().notYet(Row.MEDIA, NotBuilt.NOT_FOUND)),
    POLICY_SIGN(post("/_matrix/policy/v1/sign").signed().of(Row.KEYS));

    private final Row row;

    Operation(Row row) {
        this.row = row;
    }

    public String method() {
        return row.method();
    }

    /** The path; {@code {name}} stands for one segment. */
    public String path() {
        return row.path();
    }

    /** Whether the origin must have signed the request. */
    public boolean isSigned() {
        return row.needsSignature();
    }

    /** Whether the server ACL of the path's room is asked: the list in "Server Access Control Lists". */
    public boolean asksAcl() {
        return row.acl();
    }

    /** Whether the origin must have a user in the room. Where the operation is built, its owner asks that. */
    public boolean asksMembership() {
        return row.membership();
    }

    /** The service that answers. */
    public String owner() {
        return row.owner();
    }

    /** What is answered after all checks while the owner cannot do it; empty if it can. */
    public Optional<NotBuilt> notBuilt() {
        return row.notBuilt();
    }

    /** Whether version 1.19 of the specification still has it in this form. */
    public boolean isSpecified() {
        return row.dropped().isEmpty();
    }

    /** The path's segments, names in braces. */
    List<String> segments() {
        return row.segments();
    }
}
