package org.gatehouse.provider.appservice;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.gatehouse.matrix.identifier.UserId;
import org.jboss.logging.Logger;

/** The provider's own backends, in its private network: the one place of this service that calls out by itself. */
@ApplicationScoped
class HttpBackends implements Backends, AppServiceUsers {

    private static final Logger LOG = Logger.getLogger(HttpBackends.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PUSH_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    @Override
    public boolean push(AppService service, String txnId, byte[] body) {
        if (service.url().isEmpty()) {
            return true;
        }
        HttpRequest request = request(service, "/_matrix/app/v1/transactions/" + encode(txnId), PUSH_TIMEOUT)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return isOk(service, request);
    }

    @Override
    public boolean exists(AppService service, UserId userId) {
        if (service.url().isEmpty()) {
            return false;
        }
        HttpRequest request = request(service, "/_matrix/app/v1/users/" + encode(userId.value()), QUERY_TIMEOUT)
                .GET()
                .build();
        return isOk(service, request);
    }

    private static HttpRequest.Builder request(AppService service, String path, Duration timeout) {
        return HttpRequest.newBuilder(URI.create(service.url().orElseThrow() + path))
                .timeout(timeout)
                .header("Authorization", "Bearer " + service.hsToken().value());
    }

    private boolean isOk(AppService service, HttpRequest request) {
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 != 2) {
                LOG.warnf(
                        "application service answered: id=%s path=%s status=%d",
                        service.id(), request.uri().getRawPath(), status);
            }
            return status / 100 == 2;
        } catch (IOException e) {
            LOG.warnf("application service not reached: id=%s reason=%s", service.id(), e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
