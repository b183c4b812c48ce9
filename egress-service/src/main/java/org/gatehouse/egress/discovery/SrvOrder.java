package org.gatehouse.egress.discovery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.gatehouse.egress.discovery.SrvRecords.SrvRecord;

/** The order in which SRV records are tried (RFC 2782): by priority, within one by weighted lot. */
public final class SrvOrder {

    private final IntUnaryOperator lot;

    /** @param lot gives a number from 0 up to, but without, its argument */
    public SrvOrder(IntUnaryOperator lot) {
        this.lot = lot;
    }

    List<SrvRecord> of(List<SrvRecord> records) {
        List<SrvRecord> left = new ArrayList<>(records);
        // Records of weight 0 first, so that they have a small chance, as the RFC wants.
        left.sort(Comparator.comparingInt(SrvRecord::priority).thenComparingInt(SrvRecord::weight));
        List<SrvRecord> ordered = new ArrayList<>(left.size());
        while (!left.isEmpty() && ordered.size() < ServerRoute.MAX_TARGETS) {
            ordered.add(left.remove(draw(left)));
        }
        return ordered;
    }

    /** Index of the record drawn among those of the best priority, which stand in front. */
    private int draw(List<SrvRecord> left) {
        int priority = left.get(0).priority();
        int sum = 0;
        int candidates = 0;
        while (candidates < left.size() && left.get(candidates).priority() == priority) {
            sum += left.get(candidates).weight();
            candidates++;
        }
        int drawn = lot.applyAsInt(sum + 1);
        for (int i = 0; i < candidates; i++) {
            drawn -= left.get(i).weight();
            if (drawn <= 0) {
                return i;
            }
        }
        return candidates - 1;
    }
}
