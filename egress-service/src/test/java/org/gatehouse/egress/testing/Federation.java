package org.gatehouse.egress.testing;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gatehouse.egress.connection.AddressGuard;
import org.gatehouse.egress.connection.GuardedHttp;
import org.gatehouse.egress.connection.TrustedAuthorities;
import org.gatehouse.egress.discovery.ServerDiscovery;
import org.gatehouse.egress.discovery.SrvOrder;
import org.gatehouse.egress.policy.AskAboutFetched;
import org.gatehouse.egress.policy.PolicyStandIns;
import org.gatehouse.egress.remote.FederationClient;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.SigningKey;

/** One hosted server, one other homeserver on loopback, and the way from the one to the other. */
public final class Federation implements AutoCloseable {

    public static final ServerName OURS = new ServerName("ours.example");

    public final Vertx vertx = Vertx.vertx();
    public final SigningKey ourKey = SigningKey.generate(new SecureRandom(), FakeServer.keyId("ours"));
    public final FakeServer remote;
    public final GuardedHttp http;
    public final FederationClient client;
    public final StandIns.Keys keys = new StandIns.Keys();
    public final StandIns.Logs logs = new StandIns.Logs();

    public Federation(Path folder) throws Exception {
        TestAuthority authority = new TestAuthority();
        SigningKey remoteKey = SigningKey.generate(new SecureRandom(), FakeServer.keyId("remote"));
        remote = new FakeServer(
                vertx,
                authority.certificateFor(TestAuthority.dns("localhost"), TestAuthority.ip("127.0.0.1")),
                remoteKey,
                Map.of(OURS, ourKey.verifyKey()));
        http = new GuardedHttp(
                vertx, TrustedAuthorities.systemPlus(Optional.of(authority.pemFile(folder))), new AddressGuard(true));
        client = new FederationClient(
                new ServerDiscovery(host -> Optional.empty(), (service, host) -> List.of(), new SrvOrder(n -> 0)),
                http,
                StandIns.signer(new HashMap<>(Map.of(OURS, ourKey))),
                OURS::equals);
        keys.with(OURS, ourKey).with(remote.name(), remoteKey);
    }

    /** Shows events to policy servers, for at most two seconds. */
    public AskAboutFetched askAboutFetched() {
        return PolicyStandIns.askAboutFetched(client);
    }

    @Override
    public void close() {
        remote.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
