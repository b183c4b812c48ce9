package org.gatehouse.ingress.serverlist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A list and the file that it comes from. Only one thread looks; any may read the list. */
final class ListFile {

    private static final Logger LOG = Logger.getLogger(ListFile.class);

    private final Path path;
    private final boolean mayBeEmpty;
    private volatile ServerList list;
    private Optional<Stamp> read;
    private Optional<Stamp> seen;

    /** What tells one content of the file from another without reading it. */
    private record Stamp(
            FileTime changed, long size, @Nullable Object file) {}

    /**
     * Reads the file.
     *
     * @param mayBeEmpty whether a file without patterns is a list; to allow nobody is more often a half-written file
     * @throws BrokenServerList if it cannot be read
     */
    ListFile(Path path, boolean mayBeEmpty) {
        this.path = path;
        this.mayBeEmpty = mayBeEmpty;
        this.read = stamp(path);
        this.seen = read;
        this.list = load();
    }

    ServerList list() {
        return list;
    }

    /**
     * Reads the file again if it changed, and has not changed since the last look: who writes it may be at it. A file
     * that is broken or gone leaves the list as it was.
     */
    void look() {
        Optional<Stamp> now = stamp(path);
        boolean atRest = Objects.equals(now, seen);
        seen = now;
        if (!atRest || Objects.equals(now, read)) {
            return;
        }
        read = now;
        try {
            list = load();
            LOG.infof("list of servers read again: file=%s patterns=%d", path, list.size());
        } catch (BrokenServerList broken) {
            LOG.errorf("list of servers is broken, the last good one stays: %s", broken.getMessage());
        }
    }

    private ServerList load() {
        try {
            ServerList loaded = ServerList.read(Files.readAllBytes(path));
            if (loaded.size() == 0 && !mayBeEmpty) {
                throw new BrokenServerList("it has no patterns, which would allow nobody");
            }
            return loaded;
        } catch (IOException e) {
            throw new BrokenServerList("there is no file " + path + " that can be read");
        } catch (BrokenServerList broken) {
            throw new BrokenServerList(path + ": " + broken.getMessage());
        }
    }

    private static Optional<Stamp> stamp(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return Optional.of(new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
