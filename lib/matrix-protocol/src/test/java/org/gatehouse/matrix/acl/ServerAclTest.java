package org.gatehouse.matrix.acl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.ServerName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAclTest {

    @ParameterizedTest(name = "{3}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'allow':['*'],'deny':['evil.com']}        | EVIL.com           | false | globs do not mind case",
                "{'allow':['*'],'deny':['EVIL.*']}          | evil.com           | false | patterns do not mind case",
                "{'allow':['*'],'deny':['evil.com']}        | evil.com:8448      | false | the port does not count",
                "{'allow':['*'],'deny':['evil.com']}        | evil.com:1         | false | no port counts",
                "{'allow':['*'],'allow_ip_literals':false}  | [2001:db8::1]:8448 | false | IPv6 literal",
                "{'allow':['*'],'allow_ip_literals':false}  | 1.2.3.4:80         | false | IPv4 literal",
                "{'allow':['*'],'allow_ip_literals':false}  | [::ffff:1.2.3.4]   | false | mapped IPv4 literal",
                "{'allow':['*'],'allow_ip_literals':false}  | 1.2.3.com          | true  | not a literal",
                "{'allow':['*'],'allow_ip_literals':true}   | 1.2.3.4            | true  | literals allowed",
                "{'allow':['*'],'allow_ip_literals':'false'}| 1.2.3.4            | true  | no boolean counts as true",
                "{'allow':['*'],'allow_ip_literals':0}      | 1.2.3.4            | true  | a number counts as true",
                "{'allow':['*'],'deny':['*.evil.com']}      | evil.com           | true  | the glob needs its dot",
                "{'allow':['*'],'deny':['*.evil.com']}      | a.b.evil.com       | false | a star crosses dots",
                "{}                                         | good.com           | false | no allow denies all",
                "{'allow':[]}                               | good.com           | false | empty allow denies all",
                "{'allow':'*'}                              | good.com           | false | allow that is no array",
                "{'allow':[1,null,{}]}                      | good.com           | false | entries that are no strings",
                "{'allow':[1,'good.com']}                   | good.com           | true  | strings beside others",
                "{'allow':['*'],'deny':'evil.com'}          | evil.com           | true  | deny that is no array",
                "{'allow':['*'],'deny':['*']}               | good.com           | false | deny wins",
                "{'allow':['goo?.com']}                     | good.com           | true  | a question mark is one",
                "{'allow':['goo?.com']}                     | goo.com            | false | and not none",
                "{'allow':['[a-z]ood.com']}                 | good.com           | false | brackets are literal",
                "{'allow':['good\\\\.com']}                 | good.com           | false | backslash is literal",
                "{'allow':['good.com$']}                    | good.com           | false | dollar is literal",
                "{'allow':['goodxcom']}                     | good.com           | false | a dot is literal",
                "{'allow':['good']}                         | good.com           | false | the whole name counts",
                "{'allow':['*.com']}                        | good.com.evil.org  | false | at both ends",
                "{'allow':['[2001:db8::*']}                 | [2001:db8::1]:8448 | true  | an IPv6 keeps brackets"
            })
    void allows(String content, String server, boolean allowed, String claim) {
        ServerAcl acl = ServerAcl.of(StrictJson.parseObject(content.replace('\'', '"')));

        assertThat(acl.allows(new ServerName(server))).as(claim).isEqualTo(allowed);
    }

    @Test
    void aRoomWithoutAListIsOpen() {
        assertThat(ServerAcl.OPEN.allows(new ServerName("any.example:1"))).isTrue();
        assertThat(ServerAcl.OPEN.allows(new ServerName("[::1]"))).isTrue();
    }

    @Test
    void globsMatchWhatARegularExpressionMatches() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String pattern = text(random, "ab.*?*", 8);
            String text = text(random, "ab.", 10);
            String expression = pattern.replace(".", "\\.").replace("?", ".").replace("*", ".*");

            assertThat(new Glob(pattern).matches(text)).isEqualTo(Pattern.matches(expression, text));
        }
    }

    @Test
    void longPiecesMatchWhatATableOfAllPrefixesSays() {
        Random random = new Random(8);
        int matching = 0;
        for (int i = 0; i < 5_000; i++) {
            String text = letters(random, 1 + random.nextInt(255));
            String pattern = globOf(random, text);
            boolean expected = matchesByTable(pattern, text);
            matching += expected ? 1 : 0;

            assertThat(new Glob(pattern).matches(text)).as(pattern + " " + text).isEqualTo(expected);
        }
        assertThat(matching).isBetween(500, 4_500);
    }

    /** Whether the pattern matches, from whether its prefixes match the prefixes of the text. */
    private static boolean matchesByTable(String pattern, String text) {
        boolean[] row = new boolean[text.length() + 1];
        row[0] = true;
        for (int p = 0; p < pattern.length(); p++) {
            boolean[] next = new boolean[text.length() + 1];
            char wanted = pattern.charAt(p);
            next[0] = row[0] && wanted == '*';
            for (int t = 1; t <= text.length(); t++) {
                next[t] = wanted == '*'
                        ? next[t - 1] || row[t]
                        : row[t - 1] && (wanted == '?' || wanted == text.charAt(t - 1));
            }
            row = next;
        }
        return row[text.length()];
    }

    /** Pieces of the text with stars between them, of which some characters are changed or left open. */
    private static String globOf(Random random, String text) {
        StringBuilder glob = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            switch (random.nextInt(80)) {
                case 0 -> glob.append('*');
                case 1 -> glob.append('?');
                case 2 -> glob.append(random.nextInt(8) == 0 ? 'c' : text.charAt(i));
                case 3 -> glob.append('*').append(text.charAt(i));
                default -> glob.append(text.charAt(i));
            }
        }
        return random.nextBoolean() ? glob.insert(0, '*').append('*').toString() : glob.toString();
    }

    private static String letters(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(random.nextInt(20) == 0 ? 'b' : 'a');
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*a",
                "*ab*",
                "*a?*",
                "*?b*",
                "*a*b*",
                "a*ab",
                "?*",
                "*aaaaaaaaaaaaaaaab*",
                "*aaaaaaa?aaaaaaaaaa?b*"
            })
    void sixtyFourKibibytesOfOneHostilePatternAreDecided(String pattern) {
        List<String> patterns = new ArrayList<>();
        for (int i = 0; i < 65_536 / (pattern.length() + 6); i++) {
            // Different patterns that fail as late as the one.
            patterns.add(pattern + Integer.toString(i, 36) + "x");
        }
        patterns.add("*" + "a".repeat(126) + "b*");
        patterns.add("*a".repeat(100) + "*b*");
        patterns.add("*a".repeat(32_768) + "b");
        ServerAcl acl = ServerAcl.of(
                JsonObject.of("allow", JsonArray.ofStrings(List.of("*")), "deny", JsonArray.ofStrings(patterns)));

        assertThat(acl.allows(new ServerName("a".repeat(255)))).isTrue();
        assertThat(acl.allows(new ServerName("a".repeat(127) + "b" + "a".repeat(127))))
                .isFalse();
    }

    private static String text(Random random, String alphabet, int most) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(most); length > 0; length--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
