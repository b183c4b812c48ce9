package org.gatehouse.egress.remote;

import jakarta.inject.Singleton;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.request.SignedRequest;
import org.gatehouse.runtime.internal.InternalClient;
import org.gatehouse.runtime.internal.InternalOperation;

@Singleton
class KeyServiceSigner implements RequestSigner {

    private final InternalClient client;

    KeyServiceSigner(InternalClient client) {
        this.client = client;
    }

    @Override
    public String authorization(SignedRequest request) {
        JsonObject wish = JsonObject.builder()
                .put("origin", request.origin().toString())
                .put("destination", request.destination().toString())
                .put("method", request.method())
                .put("uri", request.uri())
                .putIfPresent("content", request.content())
                .build();
        JsonObject answer = InternalAnswers.json("key", client.await(InternalOperation.SIGN_REQUEST, wish));
        KeyId keyId = new KeyId(answer.string("key_id").orElseThrow());
        String signature = answer.string("signature").orElseThrow();
        return SignedRequest.header(request.origin(), request.destination(), keyId, signature);
    }
}
