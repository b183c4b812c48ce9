package org.gatehouse.testkit.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/** One direction of one connection. */
final class FaultyLink {

    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final Socket from;
    private final Socket to;
    private final FaultSwitch faults;
    private final Chunks.Reading reading;
    private byte[] chunk = new byte[0];
    private long underFault = -1;
    private long passedUnderFault;
    private Random lengths = new Random(0);

    FaultyLink(Socket from, Socket to, FaultSwitch faults, Chunks.Reading reading) {
        this.from = from;
        this.to = to;
        this.faults = faults;
        this.reading = reading;
    }

    /** Passes on what comes; true at its end in good order, false if a fault ends both connections. */
    boolean pump() throws IOException, InterruptedException {
        Chunks chunks = reading.of(from.getInputStream());
        for (Optional<byte[]> next = chunks.next(); next.isPresent(); next = chunks.next()) {
            chunk = next.get();
            int done = 0;
            while (done < chunk.length) {
                int passed = pass(done, chunk.length - done);
                if (passed < 0) {
                    return false;
                }
                done += passed;
            }
        }
        return true;
    }

    /** How many bytes went on under the fault of now: perhaps none, if it was over first; -1 if both are to end. */
    private int pass(int offset, int length) throws IOException, InterruptedException {
        FaultSwitch.Current now = faults.current();
        if (now.number() != underFault) {
            underFault = now.number();
            passedUnderFault = 0;
            lengths = now.fault() instanceof Fault.Jitter jitter ? new Random(jitter.seed()) : lengths;
        }
        if (now.fault() instanceof Fault.Delay delay) {
            return held(delay.time()) ? write(offset, length) : 0;
        }
        if (now.fault() instanceof Fault.Jitter jitter) {
            long millis = (long) (lengths.nextDouble() * jitter.atMost().toMillis());
            return held(Duration.ofMillis(millis)) ? write(offset, length) : 0;
        }
        if (now.fault() instanceof Fault.BlackHole) {
            held(FOR_EVER);
            return 0;
        }
        if (now.fault() instanceof Fault.Reset) {
            write(offset, length / 2);
            from.setSoLinger(true, 0);
            to.setSoLinger(true, 0);
            return -1;
        }
        if (now.fault() instanceof Fault.Truncate truncate) {
            long left = truncate.bytes() - passedUnderFault;
            write(offset, (int) Math.min(left, length));
            return left > length ? length : -1;
        }
        if (now.fault() instanceof Fault.Trickle trickle) {
            return held(Duration.ofMillis(1_000 / trickle.bytesPerSecond())) ? write(offset, 1) : 0;
        }
        return write(offset, length);
    }

    /** Waits; false if the fault changed meanwhile. */
    private boolean held(Duration time) throws InterruptedException {
        return !faults.awaitChange(underFault, time);
    }

    private int write(int offset, int length) throws IOException {
        OutputStream out = to.getOutputStream();
        out.write(chunk, offset, length);
        out.flush();
        faults.count(length);
        passedUnderFault += length;
        return length;
    }
}
