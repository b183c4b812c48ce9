package org.gatehouse.local;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Issues certificates for processes on this machine: ECDSA P-256, PEM files, private keys readable by their owner
 * alone. One such authority signs the federation doors of all local clusters, one for each cluster signs the identities
 * of its services.
 */
public final class CertificateAuthority {
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    private static final Duration LEAF_LIFE = Duration.ofDays(365);
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);
    private static final String SIGNATURE = "SHA256withECDSA";

    private final X509CertificateHolder certificate;
    private final PrivateKey key;
    private final Path certificateFile;
    private final SecureRandom random;
    private final InstantSource clock;

    private CertificateAuthority(
            X509CertificateHolder certificate,
            PrivateKey key,
            Path certificateFile,
            SecureRandom random,
            InstantSource clock) {
        this.certificate = certificate;
        this.key = key;
        this.certificateFile = certificateFile;
        this.random = random;
        this.clock = clock;
    }

    /**
     * What a certificate says of its owner.
     *
     * @param commonName for people
     * @param dnsNames names of hosts
     * @param addresses IP literals
     * @param uris identities such as {@code spiffe://gatehouse/ingress}
     */
    public record Subject(String commonName, List<String> dnsNames, List<String> addresses, List<String> uris) {
        public Subject {
            dnsNames = List.copyOf(dnsNames);
            addresses = List.copyOf(addresses);
            uris = List.copyOf(uris);
        }
    }

    /**
     * PEM files of a certificate and its PKCS #8 private key.
     *
     * @param certificate the leaf
     * @param key its private key
     */
    public record IssuedCertificate(Path certificate, Path key) {}

    /** The authority that lies in {@code directory}; made if there is none yet or its certificate has run out. */
    public static CertificateAuthority openOrCreate(
            Path directory, String commonName, SecureRandom random, InstantSource clock) {
        Path certificateFile = directory.resolve("ca.crt");
        Path keyFile = directory.resolve("ca.key");
        try {
            if (Files.exists(certificateFile) && Files.exists(keyFile)) {
                CertificateAuthority known = new CertificateAuthority(
                        readCertificate(certificateFile), readKey(keyFile), certificateFile, random, clock);
                if (known.certificate.isValidOn(Date.from(clock.instant().plus(LEAF_LIFE)))) {
                    return known;
                }
            }
            KeyPair pair = keyPair(random);
            X509CertificateHolder certificate = selfSigned(commonName, pair, random, clock.instant());
            Files.createDirectories(directory);
            writeSecret(keyFile, pair.getPrivate());
            writePem(certificateFile, certificate);
            return new CertificateAuthority(certificate, pair.getPrivate(), certificateFile, random, clock);
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new ClusterProblem(
                    "Cannot make or read the certificate authority in %s: %s".formatted(directory, e.getMessage()), e);
        }
    }

    /** Its own certificate, for those who are to trust it. */
    public Path certificateFile() {
        return certificateFile;
    }

    /** Writes a fresh key and certificate to {@code directory/name.key} and {@code directory/name.crt}. */
    public IssuedCertificate issue(Path directory, String name, Subject subject) {
        Path certificateTarget = directory.resolve(name + ".crt");
        Path keyTarget = directory.resolve(name + ".key");
        try {
            KeyPair pair = keyPair(random);
            Files.createDirectories(directory);
            writeSecret(keyTarget, pair.getPrivate());
            writePem(certificateTarget, leaf(subject, pair.getPublic()));
            return new IssuedCertificate(certificateTarget, keyTarget);
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new ClusterProblem("Cannot issue %s: %s".formatted(certificateTarget, e.getMessage()), e);
        }
    }

    private X509CertificateHolder leaf(Subject subject, PublicKey publicKey)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
        return builder(
                        certificate.getSubject(),
                        name(subject.commonName()),
                        publicKey,
                        LEAF_LIFE,
                        random,
                        clock.instant())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                    KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                }))
                .addExtension(Extension.subjectAlternativeName, false, alternativeNames(subject))
                .addExtension(
                        Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(certificate))
                .addExtension(Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(publicKey))
                .build(new JcaContentSignerBuilder(SIGNATURE).build(key));
    }

    private static X509CertificateHolder selfSigned(String commonName, KeyPair pair, SecureRandom random, Instant now)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        X500Name name = name(commonName);
        return builder(name, name, pair.getPublic(), AUTHORITY_LIFE, random, now)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                .addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()))
                .build(new JcaContentSignerBuilder(SIGNATURE).build(pair.getPrivate()));
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, Duration life, SecureRandom random, Instant now) {
        Instant from = now.minus(CLOCK_SKEW).truncatedTo(ChronoUnit.SECONDS);
        BigInteger serial = new BigInteger(127, random).setBit(126);
        return new JcaX509v3CertificateBuilder(
                issuer, serial, Date.from(from), Date.from(from.plus(life)), subject, key);
    }

    private static GeneralNames alternativeNames(Subject subject) {
        List<GeneralName> names = new ArrayList<>();
        subject.dnsNames().forEach(name -> names.add(new GeneralName(GeneralName.dNSName, name)));
        subject.addresses().forEach(address -> names.add(new GeneralName(GeneralName.iPAddress, address)));
        subject.uris().forEach(uri -> names.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, "Gatehouse (local)")
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    private static KeyPair keyPair(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private static X509CertificateHolder readCertificate(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file);
                PEMParser pem = new PEMParser(reader)) {
            if (pem.readObject() instanceof X509CertificateHolder certificate) {
                return certificate;
            }
            throw new IOException(file + " holds no certificate");
        }
    }

    private static PrivateKey readKey(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file);
                PEMParser pem = new PEMParser(reader)) {
            if (pem.readObject() instanceof PrivateKeyInfo info) {
                return new JcaPEMKeyConverter().getPrivateKey(info);
            }
            throw new IOException(file + " holds no private key");
        }
    }

    private static void writeSecret(Path file, PrivateKey key) throws IOException {
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        writePem(file, new JcaPKCS8Generator(key, null));
    }

    private static void writePem(Path file, Object content) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(content);
        }
        try (Writer writer = Files.newBufferedWriter(file)) {
            writer.write(text.toString());
        }
    }
}
