package org.gatehouse.matrix.authrule;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gatehouse.matrix.roomversion.RoomVersion;

/**
 * The rules of each version as they were read off the specification's pages, in {@code authrules/rules.txt}. Knows
 * nothing of the numbers that the code under test counts.
 */
final class SpecRules {

    /** What a rule decides by itself. */
    enum Decides {
        GROUP,
        PART,
        REJECTS,
        ALLOWS,
        BOTH
    }

    /** A rule of one version: its number there, and the name that it has here in every version. */
    record SpecRule(String number, Decides decides, String name) {}

    private static final Map<String, List<SpecRule>> BY_VERSION = read();

    private SpecRules() {}

    static List<SpecRule> of(RoomVersion version) {
        return BY_VERSION.get(basis(version));
    }

    static boolean has(RoomVersion version, String name) {
        return of(version).stream().anyMatch(rule -> rule.name().equals(name));
    }

    /** The rule as a verdict names it. */
    static String verdict(RoomVersion version, String name) {
        return "v" + version + "/"
                + of(version).stream()
                        .filter(rule -> rule.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(version + " has no rule " + name))
                        .number();
    }

    static String nameOf(RoomVersion version, String number) {
        return of(version).stream()
                .filter(rule -> rule.number().equals(number))
                .findFirst()
                .orElseThrow(() -> new AssertionError(version + " has no rule " + number))
                .name();
    }

    /** The stable version whose page holds for this one. */
    private static String basis(RoomVersion version) {
        return switch (version.id()) {
            case "org.matrix.hydra.11" -> "12";
            case "org.matrix.msc1767.10" -> "10";
            default -> version.id();
        };
    }

    private static Map<String, List<SpecRule>> read() {
        Map<String, List<SpecRule>> byVersion = new TreeMap<>();
        List<SpecRule> rules = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                SpecRules.class.getResourceAsStream("/authrules/rules.txt"), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("## ")) {
                    rules = new ArrayList<>();
                    for (String version : line.substring(3).split(" ")) {
                        byVersion.put(version, rules);
                    }
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    String[] columns = line.split(" \\| ", 4);
                    rules.add(new SpecRule(columns[0], Decides.valueOf(columns[1].toUpperCase()), columns[2]));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return byVersion;
    }
}
