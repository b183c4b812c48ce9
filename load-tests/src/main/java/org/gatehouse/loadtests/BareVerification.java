package org.gatehouse.loadtests;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Random;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The cryptographic library's verification of a message as long as what a usual event's signature covers. */
final class BareVerification {

    private static final int MESSAGE_BYTES = 700;
    private static final int WARM_UP = 20_000;
    private static final int COUNTED = 20_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private BareVerification() {}

    /** CPU time of one, on this thread. */
    static double microseconds() {
        byte[] message = new byte[MESSAGE_BYTES];
        new Random(MESSAGE_BYTES).nextBytes(message);
        Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(message, 0);
        Ed25519PublicKeyParameters publicKey = key.generatePublicKey();
        byte[] signature = new byte[Ed25519PrivateKeyParameters.SIGNATURE_SIZE];
        key.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        verify(WARM_UP, publicKey, message, signature);
        long begin = THREADS.getCurrentThreadCpuTime();
        verify(COUNTED, publicKey, message, signature);
        return (THREADS.getCurrentThreadCpuTime() - begin) / 1e3 / COUNTED;
    }

    private static void verify(int times, Ed25519PublicKeyParameters key, byte[] message, byte[] signature) {
        for (int i = 0; i < times; i++) {
            if (!key.verify(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0)) {
                throw new IllegalStateException("the signature is not as it was made");
            }
        }
    }
}
