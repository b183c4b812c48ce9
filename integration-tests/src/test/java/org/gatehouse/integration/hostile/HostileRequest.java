package org.gatehouse.integration.hostile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.MalformedJson;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.request.SignedRequest;
import org.gatehouse.testkit.PeerIdentity;

/** The bytes of a case's request. Whatever the case does not say is as a good server does it. */
final class HostileRequest {

    private static final String HEX = "hex:";

    private final HostileCase hostile;
    private final PeerIdentity peer;
    private final ServerName server;
    private final Variables variables;
    private final String method;
    private final String target;
    private final Optional<byte[]> body;

    /** @param pdus of the case's transaction, as texts */
    HostileRequest(HostileCase hostile, PeerIdentity peer, ServerName server, Variables variables, List<String> pdus) {
        this.hostile = hostile;
        this.peer = peer;
        this.server = server;
        this.variables = variables;
        this.method = hostile.json().string("method").orElse("PUT");
        this.target = variables.in(
                hostile.json().string("target").orElse("/_matrix/federation/v1/send/" + variables.in("${txn}")));
        this.body = bodyWith(pdus);
    }

    byte[] bytes() {
        StringBuilder head = new StringBuilder();
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        List<String> headers = new ArrayList<>();
        hostile.json()
                .array("headers")
                .ifPresent(more -> more.strings().forEach(header -> headers.add(variables.in(header))));
        addUnlessThere(headers, "Host", server.toString());
        addUnlessThere(headers, "Connection", "close");
        if (body.isPresent()) {
            addUnlessThere(headers, "Content-Type", "application/json");
            if (headers.stream()
                    .noneMatch(
                            header -> header.toLowerCase(java.util.Locale.ROOT).startsWith("transfer-encoding"))) {
                addUnlessThere(headers, "Content-Length", String.valueOf(body.get().length));
            }
        }
        authorization().ifPresent(value -> headers.add("Authorization: " + value));
        headers.forEach(header -> head.append(header).append("\r\n"));
        byte[] before = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        byte[] after = body.orElse(new byte[0]);
        byte[] all = java.util.Arrays.copyOf(before, before.length + after.length);
        System.arraycopy(after, 0, all, before.length, after.length);
        return all;
    }

    /** A header that the case does not give; one that it gives as {@code Name:} alone is left out. */
    private static void addUnlessThere(List<String> headers, String name, String value) {
        String beginning = name.toLowerCase(java.util.Locale.ROOT) + ":";
        boolean isThere = headers.stream()
                .anyMatch(header -> header.toLowerCase(java.util.Locale.ROOT).startsWith(beginning));
        if (!isThere) {
            headers.add(name + ": " + value);
        }
        headers.removeIf(header -> header.equalsIgnoreCase(name + ":"));
    }

    private Optional<String> authorization() {
        Optional<JsonValue> said = hostile.json().get("authorization");
        JsonObject signed = hostile.json().object("signed").orElse(JsonObject.EMPTY);
        SignedRequest request = new SignedRequest(
                signed.string("method").orElse(method),
                signed.string("target").map(variables::in).orElse(target),
                peer.name(),
                signed.string("destination")
                        .map(variables::in)
                        .map(ServerName::new)
                        .orElse(server),
                signed.get("content").or(this::content));
        String signature = peer.key().signBase64(request.signingBytes());
        if (said.isEmpty()) {
            return Optional.of(SignedRequest.header(
                    peer.name(), request.destination(), peer.key().id(), signature));
        }
        return said.get()
                .asString()
                .filter(text -> !text.isEmpty())
                .map(text -> variables.with("sig", signature).in(text));
    }

    /** What is signed of the body: nothing of one that cannot be read. */
    private Optional<JsonValue> content() {
        try {
            return body.map(StrictJson::parse);
        } catch (MalformedJson unreadable) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> bodyWith(List<String> pdus) {
        Optional<JsonObject> transaction = hostile.transaction();
        if (transaction.isPresent()) {
            return Optional.of(transaction(transaction.get(), pdus).getBytes(StandardCharsets.UTF_8));
        }
        Optional<JsonValue> body = hostile.json().get("body");
        if (body.isEmpty()) {
            return Optional.empty();
        }
        if (body.get() instanceof JsonString text) {
            return Optional.of(
                    text.value().startsWith(HEX)
                            ? HexFormat.of().parseHex(text.value().substring(HEX.length()))
                            : variables.in(text.value()).getBytes(StandardCharsets.UTF_8));
        }
        return Optional.of(CanonicalJson.write(variables.in(body.get())));
    }

    private String transaction(JsonObject spec, List<String> pdus) {
        List<String> repeated = new ArrayList<>();
        long times = spec.integer("times").orElse(1);
        for (long i = 0; i < times; i++) {
            repeated.addAll(pdus);
        }
        JsonArray edus = spec.array("edus").orElse(JsonArray.EMPTY);
        List<String> eduTexts = new ArrayList<>();
        long eduTimes = spec.integer("edu_times").orElse(1);
        for (long i = 0; i < eduTimes; i++) {
            Variables own = variables.with("i", Long.toString(i));
            edus.values().forEach(edu -> eduTexts.add(CanonicalJson.writeString(own.in(edu))));
        }
        return "{\"origin\":\"" + peer.name() + "\",\"origin_server_ts\":1760000000000,\"pdus\":["
                + String.join(",", repeated) + "],\"edus\":[" + String.join(",", eduTexts) + "]}";
    }
}
