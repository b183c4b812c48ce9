package org.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import org.gatehouse.local.CertificateAuthority.IssuedCertificate;
import org.gatehouse.local.CertificateAuthority.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Subject INGRESS = new Subject(
            "ingress", List.of("localhost"), List.of("127.0.0.1", "::1"), List.of("spiffe://gatehouse/ingress"));

    @TempDir
    Path folder;

    @Test
    void issuesACertificateThatNamesHostsAddressesAndIdentity() throws Exception {
        // Given
        CertificateAuthority authority = authority(NOW);

        // When
        X509Certificate leaf = read(authority.issue(folder, "ingress", INGRESS).certificate());

        // Then
        leaf.verify(read(authority.certificateFile()).getPublicKey());
        leaf.checkValidity(Date.from(NOW));
        assertThat(leaf.getSubjectAlternativeNames())
                .contains(List.of(2, "localhost"), List.of(7, "127.0.0.1"), List.of(6, "spiffe://gatehouse/ingress"));
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(((ECPublicKey) leaf.getPublicKey()).getParams().getOrder().bitLength())
                .isEqualTo(256);
    }

    @Test
    void keepsPrivateKeysFromOtherUsers() throws Exception {
        // When
        IssuedCertificate issued = authority(NOW).issue(folder, "ingress", INGRESS);

        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(issued.key())))
                .isEqualTo("rw-------");
        assertThat(Files.readString(issued.key())).startsWith("-----BEGIN PRIVATE KEY-----");
    }

    @Test
    void staysTheSameAuthorityWhenOpenedAgain() throws Exception {
        // Given
        X509Certificate first = read(authority(NOW).certificateFile());

        // When
        X509Certificate second = read(authority(NOW.plusSeconds(60)).certificateFile());

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void isMadeAnewBeforeItRunsOut() throws Exception {
        // Given
        X509Certificate first = read(authority(NOW).certificateFile());

        // When
        X509Certificate second =
                read(authority(Instant.parse("2039-10-01T00:00:00Z")).certificateFile());

        // Then
        assertThat(second).isNotEqualTo(first);
    }

    private CertificateAuthority authority(Instant now) {
        return CertificateAuthority.openOrCreate(
                folder.resolve("ca"), "test", new SecureRandom(), InstantSource.fixed(now));
    }

    private static X509Certificate read(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
