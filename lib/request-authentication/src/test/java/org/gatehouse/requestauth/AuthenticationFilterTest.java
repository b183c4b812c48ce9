package org.gatehouse.requestauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.request.SignedRequest;
import org.gatehouse.matrix.signing.ServerKeys;
import org.gatehouse.matrix.signing.SigningKey;
import org.gatehouse.matrix.signing.VerifyKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows X01 to X21 of the list of hostile input, as far as they concern the filter. */
@QuarkusTest
class AuthenticationFilterTest {

    private static final ServerName PEER = new ServerName("peer.example:8448");
    private static final ServerName OURS = new ServerName("ours.example");
    private static final String TARGET = "/_matrix/federation/v1/send/t%2F1?b=2&a=%7e";
    private static final byte[] BODY = "{\"pdus\":[],\"n\":1.50}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NO_BODY = {};
    private static final long FAR = System.currentTimeMillis() + 3_600_000;

    private final SigningKey key = SigningKey.generate(new SecureRandom(), new KeyId("ed25519:a"));
    private final SigningKey second = SigningKey.generate(new SecureRandom(), new KeyId("ed25519:b"));
    private final SigningKey former = SigningKey.generate(new SecureRandom(), new KeyId("ed25519:old"));

    @Inject
    PublishedKeys published;

    @TestHTTPResource("/")
    URL url;

    @BeforeEach
    void publish() {
        published.publish(keys(FAR));
        published.questions.set(0);
    }

    private ServerKeys keys(long validUntil) {
        TreeMap<KeyId, VerifyKey> current = new TreeMap<>();
        current.put(key.id(), key.verifyKey());
        current.put(second.id(), second.verifyKey());
        TreeMap<KeyId, ServerKeys.OldKey> old = new TreeMap<>();
        old.put(former.id(), new ServerKeys.OldKey(former.verifyKey(), FAR));
        return new ServerKeys(PEER, current, old, validUntil, JsonObject.EMPTY);
    }

    @Test
    void acceptsASignedRequestAndSaysWhoItIs() throws Exception {
        RawHttp.Answer answer = put(header(key));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"origin\":\"peer.example:8448\"")
                .contains("\"destination\":\"ours.example\"")
                .contains("\"n\":1.50");
    }

    @Test
    void acceptsARequestWithoutBody() throws Exception {
        String header = SignedRequest.header(PEER, OURS, key.id(), signature("GET", TARGET, OURS, Optional.empty()));

        assertThat(send("GET", TARGET, List.of(header), NO_BODY).status()).isEqualTo(200);
    }

    @Test
    void acceptsABodyThatComesInPieces() throws Exception {
        byte[] body = ("{\"pad\":\"" + "x".repeat(60_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        String header = SignedRequest.header(
                PEER, OURS, key.id(), signature("PUT", TARGET, OURS, Optional.of(StrictJson.parseObject(body))));

        RawHttp.Answer answer =
                http().send("PUT", TARGET, List.of("Host: ours.example", "Authorization: " + header), body, 10);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("\"length\":" + body.length);
    }

    @Test
    void givesTheBodyToABlockingResourceToo() throws Exception {
        String target = "/_matrix/federation/v1/blocking";
        String header = SignedRequest.header(
                PEER, OURS, key.id(), signature("POST", target, OURS, Optional.of(StrictJson.parseObject(BODY))));

        RawHttp.Answer answer = send("POST", target, List.of(header), BODY);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"length\":" + BODY.length);
    }

    /** X01. */
    @Test
    void refusesARequestWithoutAuthorization() throws Exception {
        assertUnauthorized(send("PUT", TARGET, List.of(), BODY));
        assertUnauthorized(send("PUT", TARGET, List.of("Bearer abc"), BODY));
        assertThat(published.questions).hasValue(0);
    }

    /** X02, X03. */
    @Test
    void acceptsTheFormsThatTheSpecificationAllows() throws Exception {
        String signature = signature(key);
        for (String header : List.of(
                "x-matrix  origin=\"peer.example:8448\",destination=\"ours.example\",key=\"ed25519:a\",sig=\"%s\"",
                "X-Matrix origin=\"peer.example:8448\" ,\t destination=\"ours.example\",key=\"ed25519:a\",sig=\"%s\"",
                "X-Matrix SIG=\"%s\",KEY=\"ed25519:a\",Destination=\"ours.example\",ORIGIN=\"peer.example:8448\"",
                "X-Matrix origin=peer.example:8448,destination=ours.example,key=ed25519:a,sig=%s,other=\"x\"")) {
            assertThat(put(header.formatted(signature)).status()).as(header).isEqualTo(200);
        }
    }

    /** X04: the escapes are undone before the value is used. */
    @Test
    void undoesTheEscapesOfQuotedValues() throws Exception {
        String header =
                "X-Matrix origin=\"peer\\.example:8448\",destination=\"ours.example\",key=\"ed25519:\\a\",sig=\"%s\","
                        + "note=\"a, b=\\\"c\\\"\"";

        assertThat(put(header.formatted(signature(key))).status()).isEqualTo(200);
    }

    /** X05, X06, X12, X13: nothing is fetched for a header that cannot be read. */
    @Test
    void refusesHeadersThatCannotBeReadWithoutFetchingKeys() throws Exception {
        String rest = ",destination=\"ours.example\",key=\"ed25519:a\",sig=\"" + signature(key) + "\"";
        List<String> headers = new ArrayList<>(List.of(
                "X-Matrix",
                "X-Matrix ,,,",
                "X-Matrix origin=\"peer.example:8448" + rest,
                "X-Matrix key=\"ed25519:a\",sig=\"x\"",
                "X-Matrix origin" + rest,
                "X-Matrix origin=\"peer.example:8448\",origin=\"other.example\"" + rest,
                "X-Matrix origin=\"" + "a".repeat(8_192) + "\"" + rest,
                "X-Matrix " + "a=b,".repeat(4_000) + "origin=\"peer.example:8448\""));
        for (String origin : List.of(
                "a b",
                "http://x",
                "[::1",
                "x:0",
                "x:65536",
                "x:12x",
                "",
                "x".repeat(1_000),
                "bücher.example",
                "x.",
                "%00")) {
            headers.add("X-Matrix origin=\"" + origin + "\"" + rest);
        }
        for (String keyId : List.of("ed25519:", "rsa:1", "ed25519:a b", "ed25519:" + "a".repeat(4_096))) {
            headers.add("X-Matrix origin=\"peer.example:8448\",destination=\"ours.example\",key=\"" + keyId
                    + "\",sig=\"" + signature(key) + "\"");
        }
        for (String header : headers) {
            assertThat(put(header).status())
                    .as(header.substring(0, Math.min(90, header.length())))
                    .isEqualTo(401);
        }
        assertThat(published.questions).hasValue(0);
    }

    /** X07. */
    @Test
    void wantsOneValidSignatureAndNoneThatIsKnownToBeFalse() throws Exception {
        String unknown = SignedRequest.header(PEER, OURS, new KeyId("ed25519:unknown"), signature(key));
        String forged = SignedRequest.header(PEER, OURS, second.id(), signature(key));

        assertThat(put(header(key), header(second)).status()).isEqualTo(200);
        assertThat(put(header(key), unknown).status()).isEqualTo(200);
        assertUnauthorized(put(header(key), forged));
        assertUnauthorized(put(unknown));
    }

    /** X09: the host that was asked is the one addressed. */
    @Test
    void takesTheHostForTheDestinationThatOldServersDoNotName() throws Exception {
        String header = "X-Matrix origin=\"peer.example:8448\",key=\"ed25519:a\",sig=\"%s\"".formatted(signature(key));

        assertThat(put(header).status()).isEqualTo(200);
        assertUnauthorized(
                http().send("PUT", TARGET, List.of("Host: front.example", "Authorization: " + header), BODY));
    }

    /** X10, X17. */
    @Test
    void refusesADestinationThatIsNotOurs() throws Exception {
        for (String name : List.of("other.example", "ours.example:8448", "OURS.example", "second.example")) {
            ServerName destination = new ServerName(name);
            String signature = signature("PUT", TARGET, destination, Optional.of(StrictJson.parseObject(BODY)));

            assertUnauthorized(put(SignedRequest.header(PEER, destination, key.id(), signature)));
        }
        ServerName second = new ServerName("second.example:8448");
        assertUnauthorized(put(SignedRequest.header(PEER, second, key.id(), signature(key))));
    }

    /** X11. */
    @Test
    void refusesWhoClaimsToBeUs() throws Exception {
        assertUnauthorized(put(SignedRequest.header(OURS, OURS, key.id(), signature(key))));
        assertThat(published.questions).hasValue(0);
    }

    /** X14. */
    @Test
    void refusesSignaturesThatAreNone() throws Exception {
        String good = signature(key);
        byte[] bytes = Base64.getDecoder().decode(good);
        byte[] longer = java.util.Arrays.copyOf(bytes, 65);
        byte[] shorter = java.util.Arrays.copyOf(bytes, 63);
        byte[] tooLargeS = bytes.clone();
        java.util.Arrays.fill(tooLargeS, 32, 64, (byte) 0xff);
        byte[] notCanonicalR = bytes.clone();
        java.util.Arrays.fill(notCanonicalR, 0, 32, (byte) 0xff);

        assertThat(put(withSignature(good + "==")).status()).isEqualTo(200);
        for (byte[] signature : List.of(longer, shorter, tooLargeS, notCanonicalR)) {
            assertUnauthorized(put(withSignature(Base64.getEncoder().encodeToString(signature))));
        }
        assertUnauthorized(put(withSignature("not base64!")));
    }

    /** X15. */
    @Test
    void bindsTheSignatureToMethodTargetAndContentButNotToWhiteSpace() throws Exception {
        String header = header(key);
        byte[] otherForm = "{ \"n\" : 1.50,\n \"pdus\": [ ] }".getBytes(StandardCharsets.UTF_8);
        byte[] otherNumber = "{\"pdus\":[],\"n\":1.5}".getBytes(StandardCharsets.UTF_8);
        byte[] otherBody = "{\"pdus\":[1],\"n\":1.50}".getBytes(StandardCharsets.UTF_8);

        assertThat(send("PUT", TARGET, List.of(header), otherForm).status()).isEqualTo(200);
        assertUnauthorized(send("PUT", TARGET, List.of(header), otherNumber));
        assertUnauthorized(send("PUT", TARGET, List.of(header), otherBody));
        assertUnauthorized(send("PUT", TARGET, List.of(header), NO_BODY));
        assertUnauthorized(send("GET", TARGET, List.of(header), BODY));
        assertUnauthorized(send("PUT", TARGET + "&c", List.of(header), BODY));
        assertUnauthorized(send("PUT", TARGET.replace("b=2&a=%7e", "a=%7e&b=2"), List.of(header), BODY));
        assertUnauthorized(send("PUT", TARGET.replace("%7e", "%7E"), List.of(header), BODY));
        assertUnauthorized(send("PUT", TARGET.replace("t%2F1", "t%2F2"), List.of(header), BODY));
    }

    /** X18. */
    @Test
    void refusesKeysPastTheirEnd() throws Exception {
        published.publish(keys(System.currentTimeMillis() - 1));

        assertUnauthorized(put(header(key)));
    }

    /** X19. */
    @Test
    void refusesAKeyThatIsNoLongerInUse() throws Exception {
        assertUnauthorized(put(header(former)));
    }

    @Test
    void refusesAPeerWhoseKeysAreUnknown() throws Exception {
        assertUnauthorized(
                put(SignedRequest.header(new ServerName("unknown.example"), OURS, key.id(), signature(key))));
    }

    @Test
    void refusesBodiesThatAreNoJsonObject() throws Exception {
        for (String body : List.of("{", "nothing", "{} {}", "\uFEFF{}")) {
            RawHttp.Answer answer = send("PUT", TARGET, List.of(header(key)), body.getBytes(StandardCharsets.UTF_8));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("M_NOT_JSON");
        }
        RawHttp.Answer array = send("PUT", TARGET, List.of(header(key)), "[]".getBytes(StandardCharsets.UTF_8));
        assertThat(array.status()).isEqualTo(400);
        assertThat(array.body()).contains("M_BAD_JSON");
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        byte[] body = new byte[150 * 1024];

        RawHttp.Answer answer = send("PUT", TARGET, List.of(header(key)), body);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).contains("M_TOO_LARGE");
    }

    @Test
    void refusesABodyThatGrowsTooLargeInChunks() throws Exception {
        String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
        byte[] body = (chunk.repeat(5) + "0\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(
                        "PUT " + TARGET + " HTTP/1.1\r\nConnection: close\r\nHost: ours.example\r\n")
                .append("Authorization: ")
                .append(header(key))
                .append("\r\nTransfer-Encoding: chunked\r\n\r\n");
        try (java.net.Socket socket = new java.net.Socket("localhost", url.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 413").contains("M_TOO_LARGE");
        }
    }

    private static void assertUnauthorized(RawHttp.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
        assertThat(answer.body()).contains("M_UNAUTHORIZED");
    }

    private String header(SigningKey signer) {
        return SignedRequest.header(PEER, OURS, signer.id(), signature(signer));
    }

    private String withSignature(String signature) {
        return SignedRequest.header(PEER, OURS, key.id(), signature);
    }

    private static String signature(SigningKey signer) {
        return signature(signer, "PUT", TARGET, OURS, Optional.of(StrictJson.parseObject(BODY)));
    }

    private String signature(String method, String target, ServerName destination, Optional<JsonObject> content) {
        return signature(key, method, target, destination, content);
    }

    private static String signature(
            SigningKey signer, String method, String target, ServerName destination, Optional<JsonObject> content) {
        SignedRequest request = new SignedRequest(method, target, PEER, destination, content.map(value -> value));
        return Base64.getEncoder().withoutPadding().encodeToString(signer.sign(request.signingBytes()));
    }

    private RawHttp.Answer put(String... authorization) throws Exception {
        return send("PUT", TARGET, List.of(authorization), BODY);
    }

    private RawHttp.Answer send(String method, String target, List<String> authorization, byte[] body)
            throws Exception {
        List<String> headers = new ArrayList<>(List.of("Host: ours.example"));
        authorization.forEach(value -> headers.add("Authorization: " + value));
        return http().send(method, target, headers, body);
    }

    private RawHttp http() {
        return new RawHttp(url.getPort());
    }
}
