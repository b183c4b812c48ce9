package org.gatehouse.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.ManagementInterface;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.gatehouse.runtime.tls.TestIdentities;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestIdentities.class)
class AdminDoorTest {

    private static final Logger AUDIT_LOG = Logger.getLogger("gatehouse.audit");

    private final List<String> audited = Collections.synchronizedList(new ArrayList<>());
    private final Handler listening = new Handler() {
        @Override
        public void publish(LogRecord record) {
            audited.add(
                    record instanceof org.jboss.logmanager.ExtLogRecord ext
                            ? ext.getFormattedMessage()
                            : record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @Singleton
    static class TestRoutes {
        void register(@Observes ManagementInterface management) {
            management
                    .router()
                    .route("/admin/v1/test")
                    .handler(context -> context.response().setStatusCode(204).end());
        }
    }

    @BeforeEach
    void listen() {
        AUDIT_LOG.addHandler(listening);
    }

    @AfterEach
    void stopListening() {
        AUDIT_LOG.removeHandler(listening);
    }

    @Test
    void letsAViewerLookAndAnOperatorChange() throws Exception {
        assertThat(call("GET", "Bearer look-look-look-look")).isEqualTo(204);
        assertThat(call("POST", "Bearer look-look-look-look")).isEqualTo(403);
        assertThat(call("POST", "Bearer change-change-change")).isEqualTo(204);
    }

    @Test
    void refusesWhoHasNoToken() throws Exception {
        assertThat(call("GET", "")).isEqualTo(401);
        assertThat(call("GET", "Bearer wrong-wrong-wrong")).isEqualTo(401);
        assertThat(call("GET", "Basic look-look-look-look")).isEqualTo(401);
    }

    @Test
    void auditsEveryCallWithoutTheToken() throws Exception {
        call("POST", "Bearer change-change-change");
        call("POST", "Bearer look-look-look-look");
        call("GET", "Bearer wrong-wrong-wrong");

        assertThat(audited).hasSize(3);
        assertThat(audited.get(0)).contains("OPERATOR/", "method=POST", "path=/admin/v1/test", "outcome=204");
        assertThat(audited.get(1)).contains("VIEWER/", "outcome=refused 403");
        assertThat(audited.get(2)).contains("nobody", "outcome=refused 401");
        assertThat(audited).noneMatch(line -> line.contains("change-change") || line.contains("look-look"));
    }

    @Test
    void tellsHealthWithoutAToken() throws Exception {
        HttpResponse<String> health = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(management("/q/health/ready")).build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
        assertThat(health.body()).contains("topics", "work", "verdict-replies");
    }

    private static int call(String method, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(management("/admin/v1/test"))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static URI management(String path) {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
        return URI.create("http://localhost:" + port + path);
    }
}
