package org.gatehouse.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.config.ClusterConfig;
import org.gatehouse.runtime.config.InternalAddresses;
import org.gatehouse.runtime.http.MatrixError;
import org.gatehouse.runtime.tls.TestCa;
import org.gatehouse.runtime.tls.TestIdentities;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestIdentities.class)
class InternalCallsTest {

    private static final JsonObject BODY = JsonObject.builder().put("n", 1).build();

    @Inject
    Vertx vertx;

    @Inject
    TlsConfigurationRegistry buckets;

    @Inject
    ClusterConfig configured;

    @TestHTTPResource(value = "/", tls = true)
    URL tls;

    @TestHTTPResource(value = "/")
    URL plain;

    TestCa ca;

    @Test
    void answersACallerThatTheTableLists() {
        InternalResponse answer =
                clientOf(ca.issue("spiffe://gatehouse/egress")).await(InternalOperation.SIGN_REQUEST, BODY);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.requireOk().json().object("echo")).contains(BODY);
    }

    @Test
    void refusesACallerThatTheTableDoesNotList() {
        InternalResponse answer =
                clientOf(ca.issue("spiffe://gatehouse/provider")).await(InternalOperation.SIGN_REQUEST, BODY);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().string("errcode")).contains("M_FORBIDDEN");
    }

    @Test
    void callsWithTheIdentityOfTheTlsBucket() {
        URI url = URI.create("https://" + tls.getHost() + ":" + tls.getPort());
        InternalClient client = new InternalClient(vertx, buckets, cluster("key", url));

        InternalResponse answer = client.await(InternalOperation.SIGN_REQUEST, BODY);

        assertThat(answer.status()).as("key is known, and may not call itself").isEqualTo(403);
        assertThatThrownBy(answer::requireOk)
                .isInstanceOfSatisfying(
                        MatrixError.class, error -> assertThat(error.errcode()).isEqualTo("M_FORBIDDEN"));
    }

    @Test
    void refusesACertificateOfTheClusterWithoutAServiceName() {
        for (TestCa.Pem pem : List.of(
                ca.issue(),
                ca.issue("spiffe://elsewhere/egress"),
                ca.issue("spiffe://gatehouse/egress", "spiffe://gatehouse/provider"))) {
            assertThat(clientOf(pem).await(InternalOperation.SIGN_REQUEST, BODY).status())
                    .isEqualTo(403);
        }
    }

    @Test
    void refusesAnInternalPathThatIsNoOperation() throws Exception {
        InternalCall call = InternalCall.to(
                InternalOperation.SIGN_REQUEST, new InternalOperation.Route("GET", "/internal/forgotten"));

        assertThat(clientOf(ca.issue("spiffe://gatehouse/egress")).await(call).status())
                .isEqualTo(403);
    }

    @Test
    void servesNothingButInternalCallsOnTheInternalPort() {
        InternalCall call = InternalCall.to(
                InternalOperation.SIGN_REQUEST, new InternalOperation.Route("GET", "/_matrix/client/x"));

        InternalResponse answer =
                clientOf(ca.issue("spiffe://gatehouse/egress")).await(call);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().string("errcode")).contains("M_UNRECOGNIZED");
    }

    @Test
    void refusesInternalCallsOnThePlainPort() throws Exception {
        for (String path :
                List.of("internal/sign/request", "internal", "%69nternal/sign/request", "x/../internal/sign/request")) {
            HttpResponse<String> answer = plainCall("POST", path);
            assertThat(answer.statusCode()).as(path).isIn(403, 404, 405);
            assertThat(answer.body()).doesNotContain("echo");
        }
        assertThat(plainCall("POST", "internal/sign/request").statusCode()).isEqualTo(403);
    }

    @Test
    void endsTheHandshakeOfWhoHasNoCertificateOrOneOfAnotherCa() {
        HttpClientOptions nobody = trusting();
        HttpClientOptions stranger = trusting().setKeyCertOptions(pem(new TestCa().issue("spiffe://gatehouse/egress")));

        for (HttpClientOptions options : List.of(nobody, stranger)) {
            assertThatThrownBy(() -> client(options, "key").await(InternalOperation.SIGN_REQUEST, BODY))
                    .isInstanceOf(ServiceUnavailable.class);
        }
    }

    @Test
    void sendsNothingToAServiceWithAnotherIdentity() {
        InternalClient client =
                client(trusting().setKeyCertOptions(pem(ca.issue("spiffe://gatehouse/provider"))), "state-resolution");

        assertThatThrownBy(() -> client.await(
                        InternalOperation.EVENT_TEMPLATE, Map.of("roomId", "!r"), Map.of(), BODY, Map.of()))
                .isInstanceOf(ServiceUnavailable.class)
                .hasMessageContaining("not who answers");
    }

    @Test
    void readsWhatAllServicesAreToldAlike() {
        assertThat(configured.service()).isEqualTo("key");
        assertThat(configured.hosts(new ServerName("two.example:8448"))).isTrue();
        assertThat(configured.hosts(new ServerName("two.example"))).isFalse();
        assertThat(configured.topicPrefix()).isEmpty();
        assertThat(configured.generation()).isEqualTo(10);
        assertThat(configured.internal().url("state-resolution")).isEqualTo(URI.create("https://judge.example:9443"));
        assertThatThrownBy(() -> configured.internal().url("egress"))
                .hasMessageContaining("gatehouse.internal.egress.url");
    }

    @Test
    void saysThatAServiceIsNotThere() {
        HttpClientOptions options = trusting().setKeyCertOptions(pem(ca.issue("spiffe://gatehouse/egress")));
        InternalClient client = new InternalClient(vertx, options, cluster("key", URI.create("https://127.0.0.1:1")));

        assertThatThrownBy(() -> client.await(InternalOperation.SIGN_REQUEST, BODY))
                .isInstanceOf(ServiceUnavailable.class)
                .hasMessageContaining("key does not answer");
    }

    @Test
    void givesUpAtTheDeadline() {
        InternalCall call =
                InternalCall.to(InternalOperation.VERIFY_KEYS).body(BODY).deadline(Duration.ofMillis(300));
        long start = System.nanoTime();

        assertThatThrownBy(() -> clientOf(ca.issue("spiffe://gatehouse/egress")).await(call))
                .isInstanceOf(ServiceUnavailable.class)
                .hasMessageContaining("in 300 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    /** An answer that comes before its reader does would be lost; busy threads give it the chance. */
    @Test
    void losesNoAnswerOfManyCallsSideBySide() throws Exception {
        InternalClient client = clientOf(ca.issue("spiffe://gatehouse/egress"));
        ExecutorService callers = Executors.newFixedThreadPool(32);

        try {
            List<Future<Integer>> answers = callers.invokeAll(Collections.nCopies(
                    2_000,
                    () -> client.await(InternalCall.to(InternalOperation.SIGN_REQUEST)
                                    .body(BODY)
                                    .deadline(Duration.ofSeconds(5)))
                            .status()));

            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(200);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void answersUnknownPathsAndMethodsInMatrixForm() throws Exception {
        HttpResponse<String> path = plainCall("GET", "_matrix/nothing/here");
        HttpResponse<String> method = plainCall("DELETE", "_matrix/client/x");

        assertThat(path.statusCode()).isEqualTo(404);
        assertThat(path.body()).contains("M_UNRECOGNIZED");
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.body()).contains("M_UNRECOGNIZED");
        assertThat(method.headers().firstValue("content-type")).hasValue("application/json");
    }

    @Test
    void mapsMatrixErrorsAndHidesUnexpectedOnes() throws Exception {
        HttpResponse<String> error = plainCall("GET", "_matrix/client/error");
        HttpResponse<String> bug = plainCall("GET", "_matrix/client/bug");

        assertThat(error.statusCode()).isEqualTo(429);
        assertThat(error.headers().firstValue("retry-after")).hasValue("2");
        assertThat(error.body()).contains("M_LIMIT_EXCEEDED").contains("\"retry_after_ms\":2000");
        assertThat(bug.statusCode()).isEqualTo(500);
        assertThat(bug.body()).contains("M_UNKNOWN").doesNotContain("secret");
    }

    private HttpResponse<String> plainCall(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(plain + path))
                .method(method, HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private InternalClient clientOf(TestCa.Pem identity) {
        return client(trusting().setKeyCertOptions(pem(identity)), "key");
    }

    private InternalClient client(HttpClientOptions options, String service) {
        return new InternalClient(
                vertx, options, cluster(service, URI.create("https://" + tls.getHost() + ":" + tls.getPort())));
    }

    private HttpClientOptions trusting() {
        return new HttpClientOptions()
                .setSsl(true)
                .setTrustOptions(new PemTrustOptions().addCertPath(ca.caFile().toString()));
    }

    private static PemKeyCertOptions pem(TestCa.Pem pem) {
        return new PemKeyCertOptions()
                .addCertPath(pem.certificate().toString())
                .addKeyPath(pem.key().toString());
    }

    private static ClusterConfig cluster(String service, URI url) {
        return new ClusterConfig(
                "test",
                "test",
                List.of(new ServerName("one.example")),
                "",
                "",
                10,
                new InternalAddresses(Map.of(service, url)));
    }
}
