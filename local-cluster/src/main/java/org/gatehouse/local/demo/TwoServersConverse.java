package org.gatehouse.local.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.gatehouse.local.CertificateAuthority;
import org.gatehouse.local.Cluster;
import org.gatehouse.local.ClusterProblem;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.testkit.ClientUser;
import org.gatehouse.testkit.FederationPeer;
import org.gatehouse.testkit.PemTls;

/**
 * Alice of the first server and Bob of the second talk in a room of version 12 and in one of version 11. A third server,
 * the witness, sits in the rooms as well: it sees what crosses the federation, and asks both sides for their state.
 */
public final class TwoServersConverse implements Conversation {

    @Override
    public void play(Cluster first, Cluster second, CertificateAuthority authority, Path scratch, PrintStream out) {
        try (FederationPeer witness = FederationPeer.start(tls(authority, scratch))) {
            ClientUser alice = register(first, "alice");
            ClientUser bob = register(second, "bob");
            out.printf("%n%s and %s are registered; %s is the witness.%n", alice.id(), bob.id(), witness.name());
            Scene scene = new Scene(new Side(first, alice), new Side(second, bob), witness, new Narrator(out));
            for (String version : List.of("12", "11")) {
                scene.play(version);
            }
        } catch (IOException e) {
            throw new ClusterProblem("The witness cannot listen: " + e.getMessage(), e);
        } catch (ClusterProblem e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ClusterProblem("The conversation broke off: " + e.getMessage(), e);
        }
    }

    private static ClientUser register(Cluster cluster, String name) {
        return ClientUser.register(URI.create(cluster.plan().clientUrl()), name);
    }

    private static SSLContext tls(CertificateAuthority authority, Path scratch) {
        CertificateAuthority.IssuedCertificate own = authority.issue(
                scratch,
                "witness",
                new CertificateAuthority.Subject("witness", List.of(), List.of("127.0.0.1"), List.of()));
        return PemTls.context(own.certificate(), own.key(), authority.certificateFile());
    }

    /** A cluster and its user. */
    record Side(Cluster cluster, ClientUser user) {

        ServerName serverName() {
            return new ServerName(cluster.plan().settings().serverNames().get(0));
        }

        String name() {
            return cluster.name();
        }
    }

    /** Tells what happens, and how long it took. */
    record Narrator(PrintStream out) {

        static final Duration PATIENCE = Duration.ofSeconds(30);

        void say(String sentence, Object... values) {
            out.printf("  " + sentence + "%n", values);
            out.flush();
        }

        void chapter(String title) {
            out.printf("%n%s%n", title);
            out.flush();
        }
    }
}
