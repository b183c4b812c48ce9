package org.gatehouse.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gatehouse.local.CertificateAuthority.IssuedCertificate;
import org.gatehouse.local.CertificateAuthority.Subject;

/** The certificates of one cluster, issued anew at each start. */
final class ClusterCertificates {
    private final Path directory;

    ClusterCertificates(Path directory) {
        this.directory = directory;
    }

    /** Issues an identity for each service and, unless the operator brought one, the federation door's certificate. */
    void issue(ClusterSettings settings, CertificateAuthority federationAuthority) {
        CertificateAuthority internal = CertificateAuthority.openOrCreate(
                directory.resolve("internal-ca"),
                "internal authority of " + settings.name(),
                new SecureRandom(),
                InstantSource.system());
        for (ClusterService service : ClusterService.values()) {
            internal.issue(
                    directory,
                    service.identity(),
                    subject(
                            service.identity(),
                            List.of(settings.reachableAddress()),
                            List.of("spiffe://gatehouse/" + service.identity())));
        }
        federationAuthority.issue(directory, "federation", subject(settings.name(), settings.hosts(), List.of()));
        bundle(settings, federationAuthority);
    }

    Path internalAuthority() {
        return directory.resolve("internal-ca").resolve("ca.crt");
    }

    IssuedCertificate of(ClusterService service) {
        return issued(service.identity());
    }

    IssuedCertificate federation() {
        return issued("federation");
    }

    /** What egress trusts beside the system's authorities. */
    Path trustedForFederation() {
        return directory.resolve("federation-trust.crt");
    }

    private IssuedCertificate issued(String name) {
        return new IssuedCertificate(directory.resolve(name + ".crt"), directory.resolve(name + ".key"));
    }

    private void bundle(ClusterSettings settings, CertificateAuthority federationAuthority) {
        try {
            StringBuilder bundle = new StringBuilder(Files.readString(federationAuthority.certificateFile()));
            if (settings.extraAuthority().isPresent()) {
                bundle.append(Files.readString(settings.extraAuthority().get()));
            }
            Files.writeString(trustedForFederation(), bundle);
        } catch (IOException e) {
            throw new ClusterProblem("Cannot read a certificate authority: " + e.getMessage(), e);
        }
    }

    private static Subject subject(String commonName, List<String> hosts, List<String> uris) {
        Set<String> dnsNames = new LinkedHashSet<>(Set.of("localhost"));
        Set<String> addresses = new LinkedHashSet<>(List.of("127.0.0.1", "::1"));
        hosts.forEach(host -> (HostNames.isIpLiteral(host) ? addresses : dnsNames).add(host));
        return new Subject(commonName, List.copyOf(dnsNames), List.copyOf(addresses), uris);
    }
}
