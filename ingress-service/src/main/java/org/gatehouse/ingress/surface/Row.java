package org.gatehouse.ingress.surface;

import java.util.List;
import java.util.Optional;

/**
 * One row of the table, written as a sentence: method and path, who must sign, what is asked, whose it is.
 *
 * @param dropped since when the specification does not have it; empty if it has
 */
record Row(
        String method,
        String path,
        boolean needsSignature,
        boolean acl,
        boolean membership,
        String owner,
        Optional<NotBuilt> notBuilt,
        Optional<String> dropped) {

    static final String INGRESS = "ingress-service";
    static final String GRAPH = "event-graph-service";
    static final String JUDGE = "state-resolution-service";
    static final String KEYS = "key-service";
    static final String PROVIDER = "provider-service";
    static final String MEDIA = "media-relay";

    static Row get(String path) {
        return of("GET", path);
    }

    static Row put(String path) {
        return of("PUT", path);
    }

    static Row post(String path) {
        return of("POST", path);
    }

    private static Row of(String method, String path) {
        return new Row(method, path, true, false, false, INGRESS, Optional.empty(), Optional.empty());
    }

    Row byAnyone() {
        return new Row(method, path, false, acl, membership, owner, notBuilt, dropped);
    }

    Row signed() {
        return new Row(method, path, true, acl, membership, owner, notBuilt, dropped);
    }

    Row asksAcl() {
        return new Row(method, path, needsSignature, true, membership, owner, notBuilt, dropped);
    }

    Row asksMembership() {
        return new Row(method, path, needsSignature, acl, true, owner, notBuilt, dropped);
    }

    Row of(String service) {
        return new Row(method, path, needsSignature, acl, membership, service, Optional.empty(), dropped);
    }

    Row notYet(String service, NotBuilt answer) {
        return new Row(method, path, needsSignature, acl, membership, service, Optional.of(answer), dropped);
    }

    Row dropped(String since) {
        return new Row(method, path, needsSignature, acl, membership, owner, notBuilt, Optional.of(since));
    }

    List<String> segments() {
        return List.of(path.split("/", -1));
    }
}
