package org.gatehouse.runtime.start;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.PropertiesLocationConfigSourceFactory;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The configuration as text, read before Quarkus runs: the sources are those that it will read too. */
public final class Settings {

    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]\\s]+):(\\d{1,5})");
    private static final int IN_THE_JAR = 250;
    private static final int BESIDE_THE_JAR = 260;

    private final SmallRyeConfig config;

    private Settings(SmallRyeConfig config) {
        this.config = config;
    }

    static Settings ofThisProcess() throws IOException {
        SmallRyeConfigBuilder builder = builder()
                .addPropertiesSources()
                .addSystemSources()
                .withSources(new PropertiesLocationConfigSourceFactory());
        @Nullable URL inTheJar = Thread.currentThread().getContextClassLoader().getResource("application.properties");
        if (inTheJar != null) {
            builder.withSources(new PropertiesConfigSource(inTheJar, IN_THE_JAR));
        }
        Path besideTheJar = Path.of("config", "application.properties");
        if (Files.isReadable(besideTheJar)) {
            builder.withSources(new PropertiesConfigSource(besideTheJar.toUri().toURL(), BESIDE_THE_JAR));
        }
        return new Settings(builder.build());
    }

    /** For tests: these keys and no others. */
    public static Settings of(Map<String, String> keys) {
        return new Settings(builder()
                .withSources(new PropertiesConfigSource(keys, "given", IN_THE_JAR))
                .build());
    }

    private static SmallRyeConfigBuilder builder() {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withProfile("prod");
    }

    /** The text, empty if the key is not set or set to nothing. */
    public Optional<String> text(String key) {
        return config.getOptionalValue(key, String.class).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** What stands between commas, without empty parts. */
    public List<String> list(String key) {
        return text(key).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** The keys that begin so, in their order. */
    public List<String> keysBelow(String prefix) {
        TreeSet<String> keys = new TreeSet<>();
        config.getPropertyNames().forEach(keys::add);
        return keys.stream().filter(key -> key.startsWith(prefix)).toList();
    }

    /** A problem if the key is set, but not to a number in that range. */
    public Optional<String> wantNumber(String key, int lowest, int highest) {
        return text(key)
                .filter(text -> !isNumber(text, lowest, highest))
                .map(text -> "%s: \"%s\" is not a number from %d to %d".formatted(key, text, lowest, highest));
    }

    /** A problem for each part of the list that is not {@code host:port}. */
    public List<String> wantAddresses(String key) {
        return list(key).stream()
                .filter(part -> !isAddress(part))
                .map(part -> "%s: \"%s\" is not host:port".formatted(key, part))
                .toList();
    }

    /** A problem for each file of the list that does not hold certificates in PEM. */
    public List<String> wantCertificates(String key) {
        return list(key).stream()
                .flatMap(file -> problemWithCertificates(file).stream())
                .map(problem -> key + ": " + problem)
                .toList();
    }

    /** A problem if the key is set, but not to a file that can be read. */
    public Optional<String> wantFile(String key) {
        return text(key)
                .filter(file -> !isReadable(file))
                .map(file -> "%s: there is no file %s that can be read".formatted(key, file));
    }

    private static Optional<String> problemWithCertificates(String file) {
        if (!isReadable(file)) {
            return Optional.of("there is no file %s that can be read".formatted(file));
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            boolean none = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .isEmpty();
            return none ? Optional.of("%s holds no certificate".formatted(file)) : Optional.empty();
        } catch (IOException | CertificateException e) {
            return Optional.of("%s holds no certificates in PEM".formatted(file));
        }
    }

    private static boolean isReadable(String file) {
        Path path = Path.of(file);
        return Files.isReadable(path) && !Files.isDirectory(path);
    }

    private static boolean isNumber(String text, int lowest, int highest) {
        try {
            int number = Integer.parseInt(text);
            return number >= lowest && number <= highest;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isAddress(String text) {
        // A protocol before the address is Kafka's to understand.
        String address = text.substring(text.indexOf("://") < 0 ? 0 : text.indexOf("://") + 3);
        var matcher = HOST_AND_PORT.matcher(address);
        return matcher.matches() && isNumber(matcher.group(2), 1, 65_535);
    }
}
