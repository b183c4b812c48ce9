package org.gatehouse.keys.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.request.SignedRequest;
import org.gatehouse.runtime.http.MatrixError;
import org.junit.jupiter.api.Test;

class RequestWishTest {

    @Test
    void readsARequestWithAndWithoutContent() {
        SignedRequest get = RequestWish.read(wish());
        assertThat(get.content()).isEmpty();
        SignedRequest put = RequestWish.read(wish().with("method", "PUT").with("content", JsonObject.EMPTY));
        assertThat(put.content()).contains(JsonObject.EMPTY);
    }

    @Test
    void refusesWhatIsNoRequestOfTheFederation() {
        for (JsonObject wish : List.of(
                wish().with("method", "get"),
                wish().with("method", "CONNECT"),
                wish().with("uri", "https://b.example/_matrix/x"),
                wish().with("uri", "/other"),
                wish().with("uri", "/_matrix/a b"),
                wish().with("origin", "not a name"),
                wish().with("destination", "b.example/x"),
                wish().without("destination"))) {
            assertThatThrownBy(() -> RequestWish.read(wish)).isInstanceOf(MatrixError.class);
        }
    }

    private static JsonObject wish() {
        return JsonObject.builder()
                .put("method", "GET")
                .put("uri", "/_matrix/federation/v1/version")
                .put("origin", "a.example")
                .put("destination", "b.example")
                .build();
    }
}
