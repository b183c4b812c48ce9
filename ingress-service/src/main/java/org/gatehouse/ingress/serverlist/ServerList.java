package org.gatehouse.ingress.serverlist;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.gatehouse.matrix.acl.ServerAcl;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.ServerName;

/**
 * Patterns of server names, matched as a room's server ACL matches them: {@code *} and {@code ?} are special, case and
 * port do not count. Names without either are looked up, so that a long list of names costs no more than a short one.
 */
final class ServerList {

    private static final Pattern PATTERN = Pattern.compile("\\[[0-9A-Fa-f:.*?]+]|[0-9A-Za-z.*?-]+");
    private static final int MOST_BYTES = 8 << 20;
    private static final int MOST_GLOBS = 1_000;
    private static final int LONGEST = 255;

    private final SortedSet<String> names = new TreeSet<>();
    private final List<Glob> globs = new ArrayList<>();

    private record Glob(String pattern, ServerAcl matching) {}

    private ServerList() {}

    /**
     * Reads a file: UTF-8, a pattern a line; empty lines and what comes after {@code #} are passed over.
     *
     * @throws BrokenServerList with the number of the first line that is no pattern
     */
    static ServerList read(byte[] file) {
        if (file.length > MOST_BYTES) {
            throw new BrokenServerList("it has more than " + MOST_BYTES + " bytes");
        }
        ServerList list = new ServerList();
        int number = 0;
        for (String line : text(file).split("\n", -1)) {
            number++;
            int comment = line.indexOf('#');
            String pattern = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (!pattern.isEmpty()) {
                list.add(pattern, number);
            }
        }
        return list;
    }

    private void add(String pattern, int line) {
        if (pattern.length() > LONGEST || !PATTERN.matcher(pattern).matches()) {
            throw new BrokenServerList("line " + line + " is no server name or glob of one, without a port");
        }
        if (pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0) {
            names.add(pattern.toLowerCase(Locale.ROOT));
            return;
        }
        if (globs.size() == MOST_GLOBS) {
            throw new BrokenServerList("line " + line + " is one glob more than " + MOST_GLOBS);
        }
        globs.add(new Glob(pattern, ServerAcl.of(JsonObject.of("allow", JsonArray.ofStrings(List.of(pattern))))));
    }

    /** The first pattern that the server's name fits. */
    Optional<String> match(ServerName server) {
        String host = server.host().toLowerCase(Locale.ROOT);
        if (names.contains(host)) {
            return Optional.of(host);
        }
        return globs.stream()
                .filter(glob -> glob.matching().allows(server))
                .map(Glob::pattern)
                .findFirst();
    }

    int size() {
        return names.size() + globs.size();
    }

    private static String text(byte[] file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BrokenServerList("it is not UTF-8");
        }
    }
}
