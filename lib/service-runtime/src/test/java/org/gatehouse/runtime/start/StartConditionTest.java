package org.gatehouse.runtime.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartConditionTest {

    @TempDir
    Path folder;

    @Test
    void nothingIsWrongWithWhatTheLauncherWrites() {
        assertThat(ServiceMain.problems(Settings.of(good()))).isEmpty();
    }

    @Test
    void aServerNameThatIsNoneIsNamed() {
        assertOnly("gatehouse.server-names", "good.example,bad_name!", "\"bad_name!\" is not a Matrix server name");
    }

    @Test
    void aClusterWithoutANameIsRefused() {
        assertOnly("gatehouse.server-names", " , ", "a cluster needs at least one server name");
    }

    @Test
    void aGenerationBelowTheFirstIsRefused() {
        assertOnly("gatehouse.generation", "9", "\"9\" is not a number from 10 to 32767");
    }

    @Test
    void aPortThatIsNoneIsNamed() {
        assertOnly("quarkus.http.ssl-port", "https", "\"https\" is not a number from 0 to 65535");
        assertOnly("quarkus.management.port", "65536", "\"65536\" is not a number from 0 to 65535");
    }

    @Test
    void anInternalAddressMustBeHttps() {
        assertOnly("gatehouse.internal.key.url", "key-service:8443", "\"key-service:8443\" is not https://host:port");
        assertOnly("gatehouse.internal.key.url", "http://key-service:8443", "is not https://host:port");
    }

    @Test
    void anAddressWithoutAPortIsNone() {
        assertOnly("kafka.bootstrap.servers", "one:9092,two", "\"two\" is not host:port");
        assertOnly("gatehouse.cassandra.contact-points", "127.0.0.1:cql", "\"127.0.0.1:cql\" is not host:port");
    }

    @Test
    void aCertificateThatIsNotThereIsNamed() {
        assertOnly(
                "quarkus.tls.internal.trust-store.pem.certs",
                "/nowhere/ca.crt",
                "there is no file /nowhere/ca.crt that can be read");
        assertOnly("quarkus.tls.internal.key-store.pem.0.key", "/nowhere/a.key", "there is no file /nowhere/a.key");
    }

    @Test
    void aFileWithoutCertificatesIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("ca.crt"), "not a certificate");

        assertOnly("gatehouse.cassandra.ca-file", file.toString(), "ca.crt holds no certificate");
    }

    @Test
    void prefixesMustFitTheirStore() {
        assertOnly("gatehouse.keyspace-prefix", "My-Cluster", "may have only a-z, 0-9 and _");
        assertOnly("gatehouse.topic-prefix", "my cluster", "may have only letters, digits");
    }

    @Test
    void anOperatorsTokenMustBeLong() {
        assertOnly("gatehouse.admin.tokens", "viewer:short", "16 characters or more");
    }

    private static void assertOnly(String key, String value, String problem) {
        Map<String, String> changed = good();
        changed.put(key, value);

        assertThat(ServiceMain.problems(Settings.of(changed)))
                .singleElement()
                .asString()
                .startsWith(key)
                .contains(problem);
    }

    private static Map<String, String> good() {
        return new TreeMap<>(Map.of(
                "gatehouse.server-names", "one.example, two.example:8448,[::1]:8448",
                "gatehouse.generation", "10",
                "gatehouse.topic-prefix", "local.",
                "gatehouse.keyspace-prefix", "local_",
                "gatehouse.internal.key.url", "https://127.0.0.1:8443",
                "gatehouse.internal.event-graph.url", "https://event-graph-service:8443",
                "quarkus.http.ssl-port", "8443",
                "kafka.bootstrap.servers", "one:9092,SASL_SSL://two:9093,[::1]:9092",
                "gatehouse.cassandra.contact-points", "127.0.0.1:9042"));
    }
}
