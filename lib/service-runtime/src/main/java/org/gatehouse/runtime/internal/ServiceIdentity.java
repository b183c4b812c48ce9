package org.gatehouse.runtime.internal;

import io.vertx.core.http.HttpConnection;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Who is at the other end of a TLS connection: {@code spiffe://gatehouse/<service>} in its verified certificate. */
final class ServiceIdentity {

    private static final String PREFIX = "spiffe://gatehouse/";
    private static final Pattern SERVICE = Pattern.compile("[a-z]+(-[a-z]+)*");
    private static final int URI_NAME = 6;

    private ServiceIdentity() {}

    /** The service's short name; empty without TLS, without a certificate, or if it does not name exactly one. */
    static Optional<String> ofPeer(HttpConnection connection) {
        return connection.isSsl() ? ofSession(connection.sslSession()) : Optional.empty();
    }

    private static Optional<String> ofSession(@Nullable SSLSession session) {
        if (session == null) {
            return Optional.empty();
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate leaf
                    ? ofCertificate(leaf)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException noCertificate) {
            return Optional.empty();
        }
    }

    static Optional<String> ofCertificate(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names == null) {
                return Optional.empty();
            }
            List<String> uris = names.stream()
                    .filter(name -> Integer.valueOf(URI_NAME).equals(name.get(0)))
                    .map(name -> String.valueOf(name.get(1)))
                    .toList();
            return uris.size() == 1 ? ofUri(uris.get(0)) : Optional.empty();
        } catch (CertificateParsingException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> ofUri(String uri) {
        if (!uri.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String service = uri.substring(PREFIX.length());
        return SERVICE.matcher(service).matches() ? Optional.of(service) : Optional.empty();
    }
}
