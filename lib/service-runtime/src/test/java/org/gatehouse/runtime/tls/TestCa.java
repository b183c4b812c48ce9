package org.gatehouse.runtime.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
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
public final class TestCa {

    private final X500Name name = new X500Name("CN=test CA");
    private final KeyPair keys = newKeys();
    private final X509Certificate certificate;
    private final Path folder;
    private long serial = 1;

    /** Files of one identity. */
    public record Pem(Path certificate, Path key, X509Certificate parsed) {}

    public TestCa() {
        try {
            folder = Files.createTempDirectory("test-ca");
            certificate = sign(name, keys, new GeneralName[0], true);
            write(folder.resolve("ca.pem"), certificate);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public Path caFile() {
        return folder.resolve("ca.pem");
    }

    /** A certificate with these URI names, for any address of this host. */
    public Pem issue(String... uris) {
        try {
            KeyPair own = newKeys();
            GeneralName[] names = new GeneralName[uris.length + 1];
            names[0] = new GeneralName(GeneralName.dNSName, "localhost");
            for (int i = 0; i < uris.length; i++) {
                names[i + 1] = new GeneralName(GeneralName.uniformResourceIdentifier, uris[i]);
            }
            X509Certificate issued = sign(new X500Name("CN=leaf"), own, names, false);
            Path certificateFile = folder.resolve("leaf-" + serial + ".pem");
            Path keyFile = folder.resolve("leaf-" + serial + ".key");
            write(certificateFile, issued);
            write(keyFile, new JcaPKCS8Generator(own.getPrivate(), null).generate());
            return new Pem(certificateFile, keyFile, issued);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate sign(X500Name subject, KeyPair subjectKeys, GeneralName[] names, boolean ca)
            throws Exception {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.valueOf(serial++),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofHours(1))),
                subject,
                subjectKeys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
        if (names.length > 0) {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), new SecureRandom());
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file, Object content) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(content);
        }
        Files.writeString(file, text.toString());
    }
}
