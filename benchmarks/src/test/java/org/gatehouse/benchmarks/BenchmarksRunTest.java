package org.gatehouse.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.UnverifiedPdu;
import org.gatehouse.matrix.receipt.PduChecks;
import org.gatehouse.matrix.receipt.ReceiptOutcome;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.stateres.StateMap;
import org.gatehouse.testkit.shapes.Shape;
import org.gatehouse.testkit.shapes.Shapes;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** That the benchmarks run, and measure what they say; how quick it is no test asks. */
class BenchmarksRunTest {

    static {
        // A measurement that runs on the machine is no reason not to test.
        System.setProperty("jmh.ignoreLock", "true");
    }

    @Test
    void theReceiptIsOfAnEventThatIsAccepted() {
        SignedMessage message = new SignedMessage(true);
        UnverifiedPdu pdu = new UnverifiedPdu(SignedMessage.VERSION, StrictJson.parseObject(message.bytes));

        assertThat(message.bytes.length).isBetween(SignedMessage.BYTES, SignedMessage.BYTES + 200);
        assertThat(PduChecks.check(pdu, message.keys))
                .isInstanceOfSatisfying(
                        ReceiptOutcome.Accepted.class,
                        accepted -> assertThat(accepted.redacted()).isFalse());
        assertThat(ReceiptBenchmark.of("ascii").libraryVerifiesAlone()).isTrue();
    }

    @Test
    void theResolutionIsOfStatesThatDiffer() {
        ResolutionBenchmark benchmark = ResolutionBenchmark.of("12", "G2-3000-10");
        Shape shape = new Shapes(RoomVersions.V12, 42).bigRoom(3_000, 10);

        StateMap resolved = benchmark.resolve();

        assertThat(shape.states()).hasSize(2);
        assertThat(shape.states().get(0).diff(shape.states().get(1))).hasSize(10);
        assertThat(resolved.size()).isEqualTo(shape.states().get(0).size());
    }

    @Test
    void eachRunsOnce() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("org.gatehouse.benchmarks.*")
                        .exclude("manyKeys")
                        .param("shape", "G2-3000-10")
                        .param("version", "12")
                        .param("text", "ascii")
                        .param("times", "1")
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(1))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();

        assertThat(results)
                .extracting(result -> result.getParams().getBenchmark().replaceAll(".*\\.", ""))
                .containsAll(List.of("receipt", "receiptWithoutSignature", "libraryVerifiesAlone", "resolve"))
                .hasSizeGreaterThan(6);
        assertThat(results)
                .allSatisfy(result ->
                        assertThat(result.getPrimaryResult().getScore()).isPositive());
    }
}
