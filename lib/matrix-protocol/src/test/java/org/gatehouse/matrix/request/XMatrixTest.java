package org.gatehouse.matrix.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.gatehouse.matrix.Vectors;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.request.XMatrixParse.Absent;
import org.gatehouse.matrix.request.XMatrixParse.Malformed;
import org.gatehouse.matrix.request.XMatrixParse.Parsed;
import org.gatehouse.matrix.request.XMatrixParse.RequestSignature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class XMatrixTest {

    private static final String GOOD = "X-Matrix origin=\"a.example\",destination=\"b\",key=\"ed25519:1\",sig=\"c2ln\"";

    static List<JsonObject> headerVectors() {
        return Vectors.list("x_matrix_header_parsing");
    }

    @ParameterizedTest
    @MethodSource("headerVectors")
    void readsTheParametersThatOthersRead(JsonObject vector) {
        AuthorizationParameters parameters = AuthorizationParameters.parse(Vectors.text(vector, "header"));

        for (String name : List.of("origin", "key", "sig", "destination")) {
            assertThat(parameters.find(name)).isEqualTo(vector.string(name));
        }
    }

    @Test
    void readsAHeader() {
        assertThat(XMatrix.parse(List.of(GOOD)))
                .isEqualTo(new Parsed(
                        new ServerName("a.example"),
                        Optional.of(new ServerName("b")),
                        List.of(new RequestSignature(new KeyId("ed25519:1"), "c2ln"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-matrix origin=a.example,destination=b,key=ed25519:1,sig=c2ln",
                "X-MATRIX   sig=c2ln, KEY=ed25519:1 ,\t Destination=b ,ORIGIN=a.example",
                "X-Matrix origin = \"a.example\" , destination= b,key =\"ed25519:1\",sig=\"c2ln\",",
                "X-Matrix ,, origin=\"a.example\",,destination=b,key=\"ed2\\5519\\:1\",sig=\"c2ln\",other=\"x,y=\\\"z\"",
                "X-Matrix\torigin=a.example,destination=b,key=ed25519:1,sig=c2ln,x=a/b+c==",
                "X-Matrix origin=a.example,destination=b,key=ed25519:1,signature=c2ln",
            })
    void readsEveryFormOfIt(String header) {
        assertThat(XMatrix.parse(List.of(header))).isEqualTo(XMatrix.parse(List.of(GOOD)));
    }

    @Test
    void aCommaInsideQuotesSeparatesNothing() {
        AuthorizationParameters parameters =
                AuthorizationParameters.parse("X-Matrix a=\"1,b=2\",c=\"\\\\\",d=\"\\\"\",e=\"\"");

        assertThat(parameters.find("a")).contains("1,b=2");
        assertThat(parameters.find("b")).isEmpty();
        assertThat(parameters.find("c")).contains("\\");
        assertThat(parameters.find("d")).contains("\"");
        assertThat(parameters.find("e")).contains("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Matrix",
                "X-Matrix ",
                "X-Matrix ,,,",
                "X-Matrix destination=b,key=ed25519:1,sig=c2ln",
                "X-Matrix origin=a,key=ed25519:1",
                "X-Matrix origin=a,sig=c2ln",
                "X-Matrix origin,key=ed25519:1,sig=c2ln",
                "X-Matrix origin=,key=ed25519:1,sig=c2ln",
                "X-Matrix =a,key=ed25519:1,sig=c2ln",
                "X-Matrix origin=\"a,key=ed25519:1,sig=c2ln",
                "X-Matrix origin=\"a\\",
                "X-Matrix origin=\"a\"x,key=ed25519:1,sig=c2ln",
                "X-Matrix origin=a\"b\",key=ed25519:1,sig=c2ln",
                "X-Matrix origin=a key=ed25519:1 sig=c2ln",
                "X-Matrix origin=a,origin=b,key=ed25519:1,sig=c2ln",
                "X-Matrix origin=a,ORIGIN=a,key=ed25519:1,sig=c2ln",
                "X-Matrix origin=a,key=ed25519:1,sig=c2ln,x=1,x=1",
                "X-Matrix origin=\"a b\",key=ed25519:1,sig=c2ln",
                "X-Matrix origin=\"http://x\",key=ed25519:1,sig=c2ln",
                "X-Matrix origin=\"[::1\",key=ed25519:1,sig=c2ln",
                "X-Matrix origin=\"x:0\",key=ed25519:1,sig=c2ln",
                "X-Matrix origin=\"x:65536\",key=ed25519:1,sig=c2ln",
                "X-Matrix origin=\"x:12x\",key=ed25519:1,sig=c2ln",
                "X-Matrix origin=\"\",key=ed25519:1,sig=c2ln",
                "X-Matrix origin=\"ü\",key=ed25519:1,sig=c2ln",
                "X-Matrix origin=\"x.\",key=ed25519:1,sig=c2ln",
                "X-Matrix origin=\"%00\",key=ed25519:1,sig=c2ln",
                "X-Matrix origin=a,destination=\"b c\",key=ed25519:1,sig=c2ln",
                "X-Matrix origin=a,key=\"ed25519:\",sig=c2ln",
                "X-Matrix origin=a,key=\"rsa:1\",sig=c2ln",
                "X-Matrix origin=a,key=\"ed25519:a b\",sig=c2ln"
            })
    void refusesWhatCannotBeRead(String header) {
        assertThat(XMatrix.parse(List.of(header))).isInstanceOf(Malformed.class);
    }

    @Test
    @Timeout(60)
    void refusesHugeHeadersAtOnce() {
        assertThat(XMatrix.parse(List.of("X-Matrix origin=" + "a".repeat(8_192) + ",key=ed25519:1,sig=c2ln")))
                .isInstanceOf(Malformed.class);
        assertThat(XMatrix.parse(List.of("X-Matrix " + "x=1,".repeat(10_000)))).isInstanceOf(Malformed.class);
        assertThat(XMatrix.parse(List.of(GOOD.replace("ed25519:1", "ed25519:" + "1".repeat(4_096)))))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void noHeaderOfTheSchemeIsAbsence() {
        assertThat(XMatrix.parse(List.of())).isInstanceOf(Absent.class);
        assertThat(XMatrix.parse(List.of("Bearer abc", "X-MatrixOther a=b", "")))
                .isInstanceOf(Absent.class);
        assertThat(XMatrix.parse(List.of("Bearer abc", GOOD)).parsed()).isPresent();
    }

    @Test
    void theDestinationMayBeMissing() {
        XMatrixParse parse = XMatrix.parse(List.of("X-Matrix origin=a,key=ed25519:1,sig=c2ln"));

        assertThat(parse.parsed().orElseThrow().destination()).isEmpty();
    }

    @Test
    void headersOfOneOriginAddTheirKeys() {
        XMatrixParse parse = XMatrix.parse(
                List.of(GOOD, GOOD.replace("ed25519:1", "ed25519:2"), GOOD.replace("ed25519:1", "rsa:1")));

        assertThat(parse.parsed().orElseThrow().signatures())
                .extracting(signature -> signature.keyId().value())
                .containsExactly("ed25519:1", "ed25519:2");
    }

    @Test
    void headersOfDifferentOriginsOrDestinationsAreRefused() {
        assertThat(XMatrix.parse(List.of(GOOD, GOOD.replace("a.example", "c.example"))))
                .isInstanceOf(Malformed.class);
        assertThat(XMatrix.parse(List.of(GOOD, GOOD.replace("\"b\"", "\"c\"")))).isInstanceOf(Malformed.class);
        assertThat(XMatrix.parse(List.of(GOOD, "X-Matrix nonsense"))).isInstanceOf(Malformed.class);
    }
}
