package org.gatehouse.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where everything of the local clusters lies.
 *
 * <pre>
 * brokers/             kafka/ and cassandra/: configuration, data, log, pid file; ports.json
 * federation-ca/       ca.crt, ca.key: signs the federation doors of all clusters of this folder
 * clusters/NAME/       see {@link ClusterDirectory}
 * </pre>
 *
 * @param root the folder
 */
public record DataFolder(Path root) {
    public DataFolder {
        root = root.toAbsolutePath().normalize();
    }

    public Path brokers() {
        return root.resolve("brokers");
    }

    /** Signs the certificates of the federation doors; a peer under test can be given one too. */
    public CertificateAuthority federationAuthority() {
        return CertificateAuthority.openOrCreate(
                root.resolve("federation-ca"), "federation authority", new SecureRandom(), InstantSource.system());
    }

    public ClusterDirectory cluster(String name) {
        return new ClusterDirectory(root.resolve("clusters").resolve(name));
    }

    /** All clusters that were ever started here, by name. */
    public List<ClusterDirectory> clusters() {
        Path clusters = root.resolve("clusters");
        if (!Files.isDirectory(clusters)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(clusters)) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .map(ClusterDirectory::new)
                    .toList();
        } catch (IOException e) {
            throw new ClusterProblem("Cannot read " + clusters, e);
        }
    }

    /** Keeps a second command away from this folder while one starts or stops processes; closing gives it back. */
    public FileChannel lock() {
        Path file = root.resolve("lock");
        try {
            Files.createDirectories(root);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new ClusterProblem(
                        "Another gatehouse command is starting or stopping something in %s; try again when it is done."
                                .formatted(root));
            }
            return channel;
        } catch (OverlappingFileLockException e) {
            throw new ClusterProblem("This process holds the lock of %s already.".formatted(root), e);
        } catch (IOException e) {
            throw new ClusterProblem("Cannot write to %s: %s".formatted(root, e.getMessage()), e);
        }
    }
}
