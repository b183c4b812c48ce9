package org.gatehouse.benchmarks;

import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.event.UnverifiedPdu;
import org.gatehouse.matrix.receipt.PduChecks;
import org.gatehouse.matrix.receipt.ReceiptOutcome;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Receipt of one PDU of 1.5 KB: bytes in, strict parse, format, canonical form, both hashes, one signature, canonical
 * bytes out. Beside it the cryptographic library's verification of the same signature, with a key that is decoded.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
public class ReceiptBenchmark {

    @Param({"ascii", "unicode"})
    private String text = "ascii";

    private SignedMessage message = new SignedMessage(true);
    private Ed25519PublicKeyParameters publicKey = new Ed25519PublicKeyParameters(message.publicKey);

    static ReceiptBenchmark of(String text) {
        ReceiptBenchmark benchmark = new ReceiptBenchmark();
        benchmark.text = text;
        benchmark.sign();
        return benchmark;
    }

    @Setup
    public void sign() {
        message = new SignedMessage(text.equals("ascii"));
        publicKey = new Ed25519PublicKeyParameters(message.publicKey);
    }

    @Benchmark
    public byte[] receipt() {
        UnverifiedPdu pdu = new UnverifiedPdu(SignedMessage.VERSION, StrictJson.parseObject(message.bytes));
        ReceiptOutcome outcome = PduChecks.check(pdu, message.keys);
        return ((ReceiptOutcome.Accepted) outcome).pdu().canonicalBytes();
    }

    /** The same steps, all but the verification. */
    @Benchmark
    public byte[] receiptWithoutSignature() {
        UnverifiedPdu pdu = new UnverifiedPdu(SignedMessage.VERSION, StrictJson.parseObject(message.bytes));
        if (PduChecks.requiredSignatures(pdu).size() != 1 || !pdu.hasTrueContentHash()) {
            throw new IllegalStateException("the message is not as it was made");
        }
        return StoredPdus.of(pdu, pdu.eventId().orElseThrow()).canonicalBytes();
    }

    @Benchmark
    public boolean libraryVerifiesAlone() {
        byte[] signed = message.signedBytes;
        if (!publicKey.verify(Ed25519.Algorithm.Ed25519, null, signed, 0, signed.length, message.signature, 0)) {
            throw new IllegalStateException("the signature is not as it was made");
        }
        return true;
    }
}
