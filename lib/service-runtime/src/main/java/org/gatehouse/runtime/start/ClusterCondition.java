package org.gatehouse.runtime.start;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.gatehouse.matrix.identifier.ServerName;

/** What all services are told alike must make sense: names, prefixes, generation, where the others are. */
public final class ClusterCondition implements StartCondition {

    private static final Pattern TOPIC_PREFIX = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final Pattern KEYSPACE_PREFIX = Pattern.compile("[a-z][a-z0-9_]{0,30}");
    private static final int FIRST_GENERATION = 10;
    private static final int LAST_GENERATION = (1 << 15) - 1;

    @Override
    public List<String> problems(Settings settings) {
        List<String> problems = new ArrayList<>();
        serverNames(settings, problems);
        settings.wantNumber("gatehouse.generation", FIRST_GENERATION, LAST_GENERATION)
                .ifPresent(problems::add);
        settings.wantNumber("gatehouse.reply-partition", 0, Integer.MAX_VALUE).ifPresent(problems::add);
        wantPattern(settings, "gatehouse.topic-prefix", TOPIC_PREFIX, "letters, digits, . _ -")
                .ifPresent(problems::add);
        wantPattern(settings, "gatehouse.keyspace-prefix", KEYSPACE_PREFIX, "a-z, 0-9 and _, a letter first")
                .ifPresent(problems::add);
        for (String key : settings.keysBelow("gatehouse.internal.")) {
            settings.text(key).flatMap(url -> problemWithUrl(key, url)).ifPresent(problems::add);
        }
        return problems;
    }

    private static void serverNames(Settings settings, List<String> problems) {
        List<String> names = settings.list("gatehouse.server-names");
        if (names.isEmpty()) {
            problems.add("gatehouse.server-names: a cluster needs at least one server name");
        }
        for (String name : names) {
            if (ServerName.tryParse(name).isEmpty()) {
                problems.add("gatehouse.server-names: \"%s\" is not a Matrix server name".formatted(name));
            }
        }
    }

    private static Optional<String> wantPattern(Settings settings, String key, Pattern pattern, String wanted) {
        return settings.text(key)
                .filter(text -> !pattern.matcher(text).matches())
                .map(text -> "%s: \"%s\" may have only %s".formatted(key, text, wanted));
    }

    private static Optional<String> problemWithUrl(String key, String url) {
        try {
            URI uri = new URI(url);
            boolean usable = "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() != 0;
            return usable ? Optional.empty() : Optional.of(wrongUrl(key, url));
        } catch (URISyntaxException e) {
            return Optional.of(wrongUrl(key, url));
        }
    }

    private static String wrongUrl(String key, String url) {
        return "%s: \"%s\" is not https://host:port".formatted(key, url);
    }
}
