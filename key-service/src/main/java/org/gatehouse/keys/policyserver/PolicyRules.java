package org.gatehouse.keys.policyserver;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.gatehouse.matrix.acl.Glob;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.UserId;

/**
 * What a policy server of ours does not recommend. The time is linear in the length of the event for each glob, and for
 * all words together: a text is cut into words once, and each is looked up.
 */
final class PolicyRules {

    static final PolicyRules NONE = new PolicyRules(List.of(), List.of(), new TreeSet<>());

    private static final List<String> TEXTS =
            List.of("body", "formatted_body", "name", "topic", "displayname", "reason");
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_GLOBS = 1_000;
    private static final int LONGEST = 255;

    private final List<Glob> servers;
    private final List<Glob> senders;
    private final SortedSet<String> words;

    private PolicyRules(List<Glob> servers, List<Glob> senders, SortedSet<String> words) {
        this.servers = servers;
        this.senders = senders;
        this.words = words;
    }

    /**
     * Reads a file: UTF-8, a rule a line; empty lines and what comes after {@code #} are passed over.
     *
     * @throws BrokenRules with the number of the first line that is no rule
     */
    static PolicyRules read(byte[] file) {
        if (file.length > MOST_BYTES) {
            throw new BrokenRules("it has more than " + MOST_BYTES + " bytes");
        }
        PolicyRules rules = new PolicyRules(new ArrayList<>(), new ArrayList<>(), new TreeSet<>());
        int number = 0;
        for (String line : text(file).split("\n", -1)) {
            number++;
            int comment = line.indexOf('#');
            String rule = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (!rule.isEmpty()) {
                rules.add(rule, "line " + number);
            }
        }
        return rules;
    }

    private void add(String rule, String line) {
        String[] parts = rule.split("\\s+");
        if (parts.length != 2 || parts[1].length() > LONGEST) {
            throw new BrokenRules(line + " is not a kind and one pattern or word");
        }
        switch (parts[0]) {
            case "server" -> servers.add(glob(parts[1], servers, line));
            case "sender" -> senders.add(glob(parts[1], senders, line));
            case "word" -> words.add(word(parts[1], line));
            default -> throw new BrokenRules(line + " begins with none of server, sender, word");
        }
    }

    private static Glob glob(String pattern, List<Glob> others, String line) {
        if (others.size() == MOST_GLOBS) {
            throw new BrokenRules(line + " is one glob more than " + MOST_GLOBS);
        }
        return new Glob(pattern);
    }

    private static String word(String text, String line) {
        if (!text.codePoints().allMatch(Character::isLetterOrDigit)) {
            throw new BrokenRules(line + ": a word has letters and digits only");
        }
        return folded(text);
    }

    /** Why the event is not recommended, in words for its sender; empty if nothing is against it. */
    Optional<String> refusal(UserId sender, JsonObject content) {
        String server = sender.serverName().host().toLowerCase(Locale.ROOT);
        if (servers.stream().anyMatch(glob -> glob.matches(server))) {
            return Optional.of("events of your server are not recommended");
        }
        String user = sender.value().toLowerCase(Locale.ROOT);
        if (senders.stream().anyMatch(glob -> glob.matches(user))) {
            return Optional.of("events of this sender are not recommended");
        }
        return texts(content).anyMatch(this::hasWord)
                ? Optional.of("the text has a word that is not recommended")
                : Optional.empty();
    }

    private static Stream<String> texts(JsonObject content) {
        JsonObject edited = content.object("m.new_content").orElse(JsonObject.EMPTY);
        return TEXTS.stream().flatMap(name -> Stream.of(content, edited).flatMap(each -> each.string(name).stream()));
    }

    private boolean hasWord(String text) {
        StringBuilder word = new StringBuilder();
        int at = 0;
        while (at <= text.length()) {
            int point = at < text.length() ? text.codePointAt(at) : ' ';
            if (Character.isLetterOrDigit(point)) {
                word.appendCodePoint(point);
            } else if (!word.isEmpty()) {
                if (words.contains(folded(word.toString()))) {
                    return true;
                }
                word.setLength(0);
            }
            at += Character.charCount(point);
        }
        return false;
    }

    private static String folded(String word) {
        return word.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    int size() {
        return servers.size() + senders.size() + words.size();
    }

    private static String text(byte[] file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BrokenRules("it is not UTF-8");
        }
    }
}
