package org.gatehouse.benchmarks;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * The benchmarks of receipt and resolution by the CPU time of their thread, for machines that do other work as well,
 * where JMH's wall-clock times say little. All in one JVM, what is compared in turns; medians of the second half.
 */
public final class CpuTimes {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int RECEIPTS_A_ROUND = 2_000;
    private static final int RECEIPT_ROUNDS = 24;
    private static final long NANOS_A_SHAPE = 4_000_000_000L;

    private final PrintStream out;
    private Object lastResult = "";

    private CpuTimes(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        CpuTimes times = new CpuTimes(System.out);
        times.receipt("ascii");
        times.receipt("unicode");
        for (String version : List.of("11", "12")) {
            for (String shape : ResolutionBenchmark.SHAPES) {
                times.resolution(version, shape);
            }
        }
    }

    private void receipt(String text) {
        ReceiptBenchmark benchmark = ReceiptBenchmark.of(text);
        List<Double> receipt = new ArrayList<>();
        List<Double> withoutSignature = new ArrayList<>();
        List<Double> library = new ArrayList<>();
        for (int round = 0; round < RECEIPT_ROUNDS; round++) {
            receipt.add(microsEach(benchmark::receipt));
            withoutSignature.add(microsEach(benchmark::receiptWithoutSignature));
            library.add(microsEach(benchmark::libraryVerifiesAlone));
        }
        out.printf(
                "receipt, %s: %.1f us; without signature %.1f us; library alone %.1f us; its time by ours %.2f%n",
                text, median(receipt), median(withoutSignature), median(library), median(library) / median(receipt));
    }

    private void resolution(String version, String shape) {
        ResolutionBenchmark benchmark = ResolutionBenchmark.of(version, shape);
        List<Double> millis = new ArrayList<>();
        long end = System.nanoTime() + NANOS_A_SHAPE;
        while (System.nanoTime() < end || millis.size() < 4) {
            benchmark.forget();
            long before = THREADS.getCurrentThreadCpuTime();
            lastResult = benchmark.resolve();
            millis.add((THREADS.getCurrentThreadCpuTime() - before) / 1e6);
        }
        out.printf("resolution, version %s, %s: %.3f ms (%d times)%n", version, shape, median(millis), millis.size());
    }

    private double microsEach(Supplier<Object> work) {
        long before = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < RECEIPTS_A_ROUND; i++) {
            lastResult = work.get();
        }
        return (THREADS.getCurrentThreadCpuTime() - before) / 1e3 / RECEIPTS_A_ROUND;
    }

    private static double median(List<Double> values) {
        List<Double> warm = new ArrayList<>(values.subList(values.size() / 2, values.size()));
        Collections.sort(warm);
        return warm.get(warm.size() / 2);
    }

    @Override
    public String toString() {
        return "CpuTimes[last=" + lastResult + "]";
    }
}
