package org.gatehouse.egress.testing;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority that lives as long as a test. */
public final class TestAuthority {

    private final KeyPair keys = newKeys();
    private final X500Name name = new X500Name("CN=test authority");
    private final X509Certificate certificate;

    public TestAuthority() {
        this.certificate = issue(name, keys, true, 1, null);
    }

    /** The authority's certificate in a PEM file of that folder. */
    public Path pemFile(Path folder) throws Exception {
        return Files.writeString(folder.resolve("ca.pem"), pem(certificate));
    }

    /** A server's key and certificate. */
    public PemKeyCertOptions certificateFor(GeneralName... names) {
        return certificateFor(30, names);
    }

    /** @param days until the end; negative for one that has expired */
    public PemKeyCertOptions certificateFor(int days, GeneralName... names) {
        try {
            KeyPair serverKeys = newKeys();
            X509Certificate server = issue(new X500Name("CN=server"), serverKeys, false, days, new GeneralNames(names));
            return new PemKeyCertOptions()
                    .addKeyValue(Buffer.buffer(pem(new JcaPKCS8Generator(serverKeys.getPrivate(), null))))
                    .addCertValue(Buffer.buffer(pem(server)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static GeneralName dns(String host) {
        return new GeneralName(GeneralName.dNSName, host);
    }

    public static GeneralName ip(String address) {
        return new GeneralName(GeneralName.iPAddress, address);
    }

    private X509Certificate issue(
            X500Name subject, KeyPair subjectKeys, boolean authority, int days, GeneralNames san) {
        try {
            Instant now = Instant.now();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    new BigInteger(64, new SecureRandom()),
                    Date.from(now.minus(40, ChronoUnit.DAYS)),
                    Date.from(now.plus(days, ChronoUnit.DAYS)),
                    subject,
                    subjectKeys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (san != null) {
                builder.addExtension(Extension.subjectAlternativeName, false, san);
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(Object object) throws Exception {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
