package org.gatehouse.keys.policyserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The rules and the file that they come from. Only one thread looks; any may read the rules. */
final class RulesFile {

    private static final Logger LOG = Logger.getLogger(RulesFile.class);

    private final Path path;
    private volatile PolicyRules rules;
    private Optional<Stamp> read;
    private Optional<Stamp> seen;

    /** What tells one content of the file from another without reading it. */
    private record Stamp(
            FileTime changed, long size, @Nullable Object file) {}

    /** @throws BrokenRules if the file cannot be read */
    RulesFile(Path path) {
        this.path = path;
        this.read = stamp(path);
        this.seen = read;
        this.rules = load();
    }

    PolicyRules rules() {
        return rules;
    }

    /**
     * Reads the file again if it changed, and has not changed since the last look: who writes it may be at it. A file
     * that is broken or gone leaves the rules as they were.
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
            rules = load();
            LOG.infof("rules of the policy server read again: file=%s rules=%d", path, rules.size());
        } catch (BrokenRules broken) {
            LOG.errorf("rules of the policy server are broken, the last good ones stay: %s", broken.getMessage());
        }
    }

    private PolicyRules load() {
        try {
            return PolicyRules.read(Files.readAllBytes(path));
        } catch (IOException e) {
            throw new BrokenRules("there is no file " + path + " that can be read");
        } catch (BrokenRules broken) {
            throw new BrokenRules(path + ": " + broken.getMessage());
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
