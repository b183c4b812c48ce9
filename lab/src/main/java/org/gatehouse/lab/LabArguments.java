package org.gatehouse.lab;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The words after {@code gatehouse lab}: a command, flags anywhere, and a file or {@code -} or nothing for standard
 * input.
 */
record LabArguments(String command, boolean help, boolean batch, boolean explain, Optional<String> file) {

    /** @throws LabProblem for a flag or a word that is one too many */
    static LabArguments parse(List<String> arguments) {
        @Nullable String command = null;
        @Nullable String file = null;
        boolean batch = false;
        boolean explain = false;
        boolean help = arguments.isEmpty();
        for (String argument : arguments) {
            if (argument.equals("--batch")) {
                batch = true;
            } else if (argument.equals("--explain")) {
                explain = true;
            } else if (argument.equals("--help") || argument.equals("-h") || argument.equals("help")) {
                help = true;
            } else if (argument.startsWith("-") && !argument.equals("-")) {
                throw new LabProblem("there is no flag " + argument + "; there are --batch and --explain");
            } else if (command == null) {
                command = argument;
            } else if (file == null) {
                file = argument;
            } else {
                throw new LabProblem("one word too many: " + argument);
            }
        }
        if (command == null && !help) {
            throw new LabProblem("no command is given; see gatehouse lab help");
        }
        return new LabArguments(
                command == null ? "" : command,
                help,
                batch,
                explain,
                Optional.ofNullable(file).filter(name -> !name.equals("-")));
    }
}
