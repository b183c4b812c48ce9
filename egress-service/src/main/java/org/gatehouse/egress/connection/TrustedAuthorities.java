package org.gatehouse.egress.connection;

import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The authorities of the JDK, plus those of one PEM file. */
public final class TrustedAuthorities {

    private TrustedAuthorities() {}

    /** @throws IllegalStateException if the file cannot be read or holds no certificate */
    public static TrustOptions systemPlus(Optional<Path> pemFile) {
        try {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int number = 0;
            for (X509Certificate issuer : managerOf(null).getAcceptedIssuers()) {
                all.setCertificateEntry("system-" + number++, issuer);
            }
            if (pemFile.isPresent()) {
                for (Certificate certificate : read(pemFile.get())) {
                    all.setCertificateEntry("file-" + number++, certificate);
                }
            }
            return TrustOptions.wrap(managerOf(all));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the trusted authorities cannot be read: " + e.getMessage(), e);
        }
    }

    private static java.util.Collection<? extends Certificate> read(Path pemFile)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(pemFile)) {
            java.util.Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IOException(pemFile + " holds no certificate");
            }
            return certificates;
        }
    }

    private static X509TrustManager managerOf(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager) {
                return (X509TrustManager) manager;
            }
        }
        throw new GeneralSecurityException("no X.509 trust manager");
    }
}
