package org.gatehouse.matrix.acl;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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
    void hostilePatternsCostLittle() {
        List<String> patterns = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            patterns.add("*a".repeat(50) + "*b");
        }
        patterns.add("*a".repeat(32_768) + "b");
        ServerAcl acl = ServerAcl.of(
                JsonObject.of("allow", JsonArray.ofStrings(List.of("*")), "deny", JsonArray.ofStrings(patterns)));
        ServerName server = new ServerName("a".repeat(255));
        assertThat(acl.allows(server)).isTrue();

        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < 10; i++) {
            assertThat(acl.allows(server)).isTrue();
        }
        assertThat((threads.getCurrentThreadCpuTime() - start) / 10).isLessThan(50_000_000L);
    }

    private static String text(Random random, String alphabet, int most) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(most); length > 0; length--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
