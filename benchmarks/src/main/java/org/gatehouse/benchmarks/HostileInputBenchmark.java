package org.gatehouse.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.gatehouse.matrix.acl.ServerAcl;
import org.gatehouse.matrix.canonicaljson.JsonArray;
import org.gatehouse.matrix.canonicaljson.JsonNumber;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.MalformedJson;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.identifier.ServerName;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Input that is made to be slow. Every case runs at a size and at double the size: linear work doubles, and no case
 * overflows the stack.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HostileInputBenchmark {

    @Param({"1", "2"})
    private int times;

    private JsonObject manyStars = JsonObject.EMPTY;
    private JsonObject almostThere = JsonObject.EMPTY;
    private ServerName longName = new ServerName("a");
    private byte[] manyKeys = {};
    private byte[] deep = {};
    private byte[] digits = {};

    @Setup(Level.Trial)
    public void write() {
        manyStars = acl("*a".repeat(95) + "*b*b*b*");
        almostThere = acl("*" + "a".repeat(126) + "b*");
        longName = new ServerName(("a".repeat(125) + "b").repeat(2) + "aaa");
        manyKeys = bytes(objectOfShuffledKeys(times * 1_000_000));
        deep = bytes("[".repeat(times * 100_000));
        digits = bytes("1".repeat(times << 20));
    }

    /** Globs of 64 KiB in which every star could stand anywhere, read and matched against a name of the greatest length. */
    @Benchmark
    public boolean aclOfManyStars() {
        return ServerAcl.of(manyStars).allows(longName);
    }

    /** Globs of 64 KiB whose literal fits at each place but for its last character. */
    @Benchmark
    public boolean aclOfLongLiterals() {
        return ServerAcl.of(almostThere).allows(longName);
    }

    /** An object of a million keys in no order. */
    @Benchmark
    public JsonValue manyKeys() {
        return StrictJson.parse(manyKeys);
    }

    /** 100,000 open brackets. */
    @Benchmark
    public String deepNesting() {
        try {
            return StrictJson.parse(deep).toString();
        } catch (MalformedJson expected) {
            return expected.errcode();
        }
    }

    /** A number of a megabyte, read and asked for its value. */
    @Benchmark
    public boolean manyDigits() {
        return ((JsonNumber) StrictJson.parse(digits)).isCanonical();
    }

    /** With other question marks and stars around each, so that no two are the same. */
    private JsonObject acl(String denied) {
        List<String> globs = new ArrayList<>();
        for (int i = 0; i < (times << 16) / denied.length(); i++) {
            globs.add("?".repeat(i % 9) + denied + "?".repeat(i / 9 % 9) + "*".repeat(1 + i / 81));
        }
        return JsonObject.of("deny", JsonArray.ofStrings(globs), "allow", JsonArray.ofStrings(List.of("*")));
    }

    private static String objectOfShuffledKeys(int count) {
        Random random = new Random(1);
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            json.append(i == 0 ? "\"" : ",\"")
                    .append(Integer.toHexString(random.nextInt()))
                    .append(i)
                    .append("\":0");
        }
        return json.append('}').toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
