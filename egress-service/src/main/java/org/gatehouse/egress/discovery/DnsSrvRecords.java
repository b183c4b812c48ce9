package org.gatehouse.egress.discovery;

import io.vertx.core.Vertx;
import io.vertx.core.dns.DnsClient;
import io.vertx.core.dns.DnsClientOptions;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Asks the machine's name server, and waits for it. */
public final class DnsSrvRecords implements SrvRecords {

    private static final int TIMEOUT_MILLIS = 3_000;

    private final DnsClient client;

    public DnsSrvRecords(Vertx vertx) {
        this.client = vertx.createDnsClient(
                new DnsClientOptions().setQueryTimeout(TIMEOUT_MILLIS).setRecursionDesired(true));
    }

    @Override
    public List<SrvRecord> find(String service, String host) {
        try {
            return client
                    .resolveSRV("_" + service + "._tcp." + host)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(TIMEOUT_MILLIS + 1_000L, TimeUnit.MILLISECONDS)
                    .stream()
                    .map(found ->
                            new SrvRecord(found.priority(), found.weight(), found.port(), withoutDot(found.target())))
                    .collect(Collectors.toList());
        } catch (ExecutionException | TimeoutException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static String withoutDot(String target) {
        return target.endsWith(".") ? target.substring(0, target.length() - 1) : target;
    }
}
