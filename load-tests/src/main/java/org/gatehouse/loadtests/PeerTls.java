package org.gatehouse.loadtests;

import java.util.List;
import javax.net.ssl.SSLContext;
import org.gatehouse.local.CertificateAuthority;
import org.gatehouse.local.DataFolder;
import org.gatehouse.testkit.PemTls;

/** TLS of a peer on 127.0.0.1 that the local clusters of a data folder trust, and that trusts them. */
public final class PeerTls {

    private PeerTls() {}

    /**
     * Issues a certificate with the data folder's authority, and keeps it there.
     *
     * @param name of the files
     */
    public static SSLContext issue(DataFolder data, String name) {
        CertificateAuthority authority = data.federationAuthority();
        CertificateAuthority.IssuedCertificate own = authority.issue(
                data.root().resolve("load-peers"),
                name,
                new CertificateAuthority.Subject("peer", List.of(), List.of("127.0.0.1"), List.of()));
        return PemTls.context(own.certificate(), own.key(), authority.certificateFile());
    }
}
