package org.gatehouse.lab;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gatehouse.matrix.canonicaljson.CanonicalJson;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonString;

/**
 * What {@code gatehouse lab} runs. One request makes one line of output; with {@code --batch} every line of input does,
 * and it is written before the next is read. The exit code is 1 if any answer was an error.
 */
public final class Lab {

    /** The largest input, and the longest line of a batch, in bytes. */
    static final int MAX_INPUT_BYTES = 256 << 20;

    private static final Map<String, Command> COMMANDS = new TreeMap<>(Map.of(
            "canonical", new CanonicalCommand(),
            "hash", new HashCommand(),
            "event-id", new EventIdCommand(),
            "sign", new SignCommand(),
            "verify", new VerifyCommand(),
            "redact", new RedactCommand(),
            "auth", new AuthCommand(),
            "resolve", new ResolveCommand()));

    private final InputStream standardInput;
    private final OutputStream output;
    private final int maxInputBytes;
    private final boolean warmsUp;
    private boolean failed;

    /** @param warmsUp whether a batch warms up before its first line, as it does where times matter */
    Lab(InputStream standardInput, OutputStream output, int maxInputBytes, boolean warmsUp) {
        this.standardInput = standardInput;
        this.output = output;
        this.maxInputBytes = maxInputBytes;
        this.warmsUp = warmsUp;
    }

    public static void main(String[] arguments) {
        OutputStream output = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
        System.exit(new Lab(System.in, output, MAX_INPUT_BYTES, true).run(List.of(arguments)));
    }

    /** The exit code. */
    int run(List<String> arguments) {
        try {
            try {
                run(LabArguments.parse(arguments));
            } catch (LabProblem e) {
                writeError(e.problem());
            }
            return failed ? 1 : 0;
        } catch (IOException nobodyReadsOurOutput) {
            return 1;
        }
    }

    private void run(LabArguments arguments) throws IOException {
        if (arguments.help()) {
            output.write(LabHelp.TEXT.getBytes(StandardCharsets.UTF_8));
            output.flush();
            return;
        }
        Command command = Optional.ofNullable(COMMANDS.get(arguments.command()))
                .orElseThrow(() -> new LabProblem("there is no command \"%s\"; there are %s"
                        .formatted(arguments.command(), String.join(", ", COMMANDS.keySet()))));
        if (arguments.explain() && !command.canExplain()) {
            throw new LabProblem("\"%s\" has no --explain".formatted(arguments.command()));
        }
        try (InputStream input = open(arguments)) {
            InputReader reader = new InputReader(input, maxInputBytes);
            if (arguments.batch()) {
                if (warmsUp) {
                    command.warmUp();
                }
                answerLines(command, arguments.explain(), reader);
            } else {
                answer(command, arguments.explain(), reader::all);
            }
        }
    }

    private InputStream open(LabArguments arguments) {
        if (arguments.file().isEmpty()) {
            return standardInput;
        }
        try {
            return new FileInputStream(arguments.file().get());
        } catch (IOException e) {
            throw new LabProblem("the file cannot be read: " + e.getMessage());
        }
    }

    private void answerLines(Command command, boolean explain, InputReader reader) throws IOException {
        while (reader.hasLine()) {
            answer(command, explain, reader::line);
        }
    }

    private void answer(Command command, boolean explain, InputSource source) throws IOException {
        JsonObject answer;
        try {
            Request request = Request.parse(source.read());
            answer = explain ? command.explain(request) : command.answer(request);
        } catch (LabProblem e) {
            writeError(e.problem());
            return;
        } catch (OutOfMemoryError e) {
            writeError("the input needs more memory than the lab has; GATEHOUSE_LAB_JAVA_OPTS=-Xmx… gives it more");
            return;
        } catch (RuntimeException | StackOverflowError e) {
            writeError("this is a bug of the lab: " + e);
            return;
        }
        write(answer);
    }

    private void writeError(String problem) throws IOException {
        failed = true;
        write(JsonObject.of("error", new JsonString(problem)));
    }

    private void write(JsonObject answer) throws IOException {
        output.write(CanonicalJson.write(answer));
        output.write('\n');
        output.flush();
    }

    /** Where the bytes of one request come from. */
    @FunctionalInterface
    private interface InputSource {
        byte[] read();
    }
}
