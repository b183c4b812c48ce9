package org.gatehouse.matrix.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.gatehouse.matrix.event.UnpaddedBase64;
import org.gatehouse.matrix.identifier.KeyId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {

    private static final KeyId ID = new KeyId("ed25519:1");
    private static final byte[] SEED = new byte[32];
    private static final SigningKey KEY = SigningKey.fromSeed(SEED, ID);
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    @Test
    void verifiesItsOwnSignatureOnly() {
        byte[] signature = KEY.sign(MESSAGE);

        assertThat(KEY.verifyKey().verify(MESSAGE, signature)).isTrue();
        assertThat(KEY.verifyKey().verify(new byte[0], signature)).isFalse();
        SigningKey other = SigningKey.generate(new SecureRandom(), ID);
        assertThat(other.verifyKey().verify(MESSAGE, signature)).isFalse();
        assertThat(other.verifyKey().verify(MESSAGE, other.sign(MESSAGE))).isTrue();
    }

    @Test
    void anyFlippedBitSpoilsASignature() {
        byte[] signature = KEY.sign(MESSAGE);
        for (int bit = 0; bit < 512; bit++) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(KEY.verifyKey().verify(MESSAGE, changed))
                    .as("bit %d", bit)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32, 63, 65, 128})
    void aSignatureOfAnyOtherLengthIsFalse(int length) {
        assertThat(KEY.verifyKey().verify(MESSAGE, Arrays.copyOf(KEY.sign(MESSAGE), length)))
                .isFalse();
    }

    @Test
    void aSignatureMayBePaddedButNotUrlSafe() {
        byte[] message = MESSAGE;
        String signature = KEY.signBase64(message);
        for (byte i = 0; !signature.contains("+") && !signature.contains("/"); i++) {
            message = new byte[] {i};
            signature = KEY.signBase64(message);
        }

        assertThat(KEY.verifyKey().verify(message, signature)).isTrue();
        assertThat(KEY.verifyKey().verify(message, signature + "==")).isTrue();
        assertThat(KEY.verifyKey().verify(message, signature.replace('+', '-').replace('/', '_')))
                .isFalse();
        assertThat(KEY.verifyKey().verify(message, "not base64!")).isFalse();
    }

    @Test
    void anotherScalarForTheSameSignatureIsFalse() {
        byte[] signature = KEY.sign(MESSAGE);
        BigInteger scalar = littleEndian(Arrays.copyOfRange(signature, 32, 64));
        byte[] larger = toLittleEndian(scalar.add(ORDER));
        System.arraycopy(larger, 0, signature, 32, 32);

        assertThat(KEY.verifyKey().verify(MESSAGE, signature)).isFalse();
    }

    /** All points of order 1, 2, 4 and 8, in canonical and other encodings. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "0100000000000000000000000000000000000000000000000000000000000080",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
            })
    void refusesKeysOfSmallOrderAndOfOtherEncodings(String hex) {
        byte[] key = HexFormat.of().parseHex(hex);

        assertThatThrownBy(() -> VerifyKey.of(key)).isInstanceOf(InvalidKey.class);
        assertThat(VerifyKey.tryFromBase64(UnpaddedBase64.encode(key))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 64})
    void refusesKeysOfAnyOtherLength(int length) {
        assertThatThrownBy(() -> VerifyKey.of(new byte[length])).isInstanceOf(InvalidKey.class);
        assertThatThrownBy(() -> SigningKey.fromSeed(new byte[length], ID)).isInstanceOf(InvalidKey.class);
    }

    @Test
    void refusesAKeyThatIsNotBase64() {
        assertThatThrownBy(() -> VerifyKey.fromBase64("???")).isInstanceOf(InvalidKey.class);
    }

    @Test
    void aSigningKeyNeverShowsItsSeed() {
        assertThat(KEY.toString()).contains("ed25519:1").doesNotContain(KEY.seedBase64());
        assertThat(SigningKey.fromSeedBase64(KEY.seedBase64(), ID).verifyKey()).isEqualTo(KEY.verifyKey());
    }

    @Test
    void keysAreEqualByTheirBytes() {
        VerifyKey copy = VerifyKey.fromBase64(KEY.verifyKey().toBase64());

        assertThat(copy).isEqualTo(KEY.verifyKey()).hasSameHashCodeAs(KEY.verifyKey());
        copy.bytes()[0] ^= 1;
        assertThat(copy).isEqualTo(KEY.verifyKey());
    }

    private static BigInteger littleEndian(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    private static byte[] toLittleEndian(BigInteger number) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < 32; i++) {
            bytes[i] = number.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }
}
