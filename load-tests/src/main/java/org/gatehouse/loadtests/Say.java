package org.gatehouse.loadtests;

import java.util.List;

/** What a measurement prints. */
final class Say {

    private Say() {}

    static void line(String sentence, Object... values) {
        System.out.println(sentence.formatted(values));
    }

    static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    /** @param sorted not empty */
    static double median(List<Double> sorted) {
        int upper = sorted.size() / 2;
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(upper)) / 2;
    }
}
