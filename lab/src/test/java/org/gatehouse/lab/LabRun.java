package org.gatehouse.lab;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.StrictJson;

/** One run of the lab in this JVM: what it wrote, and its exit code. */
record LabRun(int exitCode, String output) {

    static LabRun of(String input, String... arguments) {
        return of(input.getBytes(StandardCharsets.UTF_8), Lab.MAX_INPUT_BYTES, arguments);
    }

    static LabRun of(byte[] input, int maxInputBytes, String... arguments) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        int code = new Lab(new ByteArrayInputStream(input), output, maxInputBytes, false).run(List.of(arguments));
        return new LabRun(code, output.toString(StandardCharsets.UTF_8));
    }

    List<String> lines() {
        return output.lines().toList();
    }

    /** The only answer, which was no error. */
    JsonObject answer() {
        if (exitCode != 0 || lines().size() != 1) {
            throw new AssertionError(exitCode + ": " + output);
        }
        return StrictJson.parseObject(output);
    }

    /** The only answer, which was an error. */
    String error() {
        if (exitCode != 1 || lines().size() != 1) {
            throw new AssertionError(exitCode + ": " + output);
        }
        return StrictJson.parseObject(output).string("error").orElseThrow();
    }
}
