package org.gatehouse.local.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gatehouse.local.ClusterProblem;

/** The flags and words of one call; a flag that is absent may stand in the environment. */
final class CommandLine {
    private final Map<Flag, List<String>> flags;
    private final List<String> words;

    private CommandLine(Map<Flag, List<String>> flags, List<String> words) {
        this.flags = flags;
        this.words = words;
    }

    /** Reads what comes after the command's name; a flag that the command does not know is a {@link ClusterProblem}. */
    static CommandLine parse(String command, List<String> arguments, Map<String, String> environment, Set<Flag> known) {
        Map<Flag, List<String>> flags = new EnumMap<>(Flag.class);
        List<String> words = new ArrayList<>();
        List<String> rest = new ArrayList<>(arguments);
        while (!rest.isEmpty()) {
            String argument = rest.remove(0);
            if (!argument.startsWith("-")) {
                words.add(argument);
                continue;
            }
            int equals = argument.indexOf('=');
            String spelling = equals < 0 ? argument : argument.substring(0, equals);
            Flag flag = Flag.find(spelling)
                    .filter(known::contains)
                    .orElseThrow(() -> new ClusterProblem(
                            "\"gatehouse %s\" has no flag %s; see gatehouse help.".formatted(command, spelling)));
            if (equals >= 0) {
                rest.add(0, argument.substring(equals + 1));
            }
            add(flags, flag, flag.takesValue() ? valueOf(flag, rest) : "true");
        }
        known.forEach(flag -> fromEnvironment(flags, flag, environment));
        return new CommandLine(flags, words);
    }

    List<String> words() {
        return words;
    }

    boolean has(Flag flag) {
        return one(flag).filter(value -> !value.equals("false")).isPresent();
    }

    Optional<String> one(Flag flag) {
        return all(flag).stream().findFirst();
    }

    List<String> all(Flag flag) {
        return flags.getOrDefault(flag, List.of());
    }

    int port(Flag flag, int otherwise) {
        Optional<String> text = one(flag);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int port = Integer.parseInt(text.get());
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number that is no port.
        }
        throw new ClusterProblem(
                "%s wants a port between 1 and 65535, not \"%s\".".formatted(flag.spelling(), text.get()));
    }

    /** A file that must be there. */
    Optional<Path> file(Flag flag) {
        return one(flag).map(text -> readable(flag, text));
    }

    List<Path> files(Flag flag) {
        return all(flag).stream().map(text -> readable(flag, text)).toList();
    }

    private static Path readable(Flag flag, String text) {
        Path file = Path.of(text).toAbsolutePath().normalize();
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new ClusterProblem("%s: there is no file %s that can be read.".formatted(flag.spelling(), file));
        }
        return file;
    }

    private static String valueOf(Flag flag, List<String> rest) {
        if (rest.isEmpty()) {
            throw new ClusterProblem("%s wants a value.".formatted(flag.spelling()));
        }
        return rest.remove(0);
    }

    private static void add(Map<Flag, List<String>> flags, Flag flag, String value) {
        List<String> values = flags.computeIfAbsent(flag, it -> new ArrayList<>());
        if (!values.isEmpty() && !flag.mayRepeat()) {
            throw new ClusterProblem("%s may be given once only.".formatted(flag.spelling()));
        }
        values.add(value);
    }

    private static void fromEnvironment(Map<Flag, List<String>> flags, Flag flag, Map<String, String> environment) {
        String value = environment.getOrDefault(flag.variable(), "");
        if (value.isBlank() || flags.containsKey(flag)) {
            return;
        }
        List<String> values = flag.mayRepeat() ? Arrays.asList(value.split(",")) : List.of(value);
        flags.put(flag, values.stream().map(String::strip).toList());
    }
}
