package org.gatehouse.provider.appservice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.gatehouse.matrix.identifier.InvalidIdentifier;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;

/** Reads a registration (Application Service API, "Registration"): a YAML file that the provider's software wrote. */
final class RegistrationFile {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final String name;
    private final JsonNode root;

    private RegistrationFile(String name, JsonNode root) {
        this.name = name;
        this.root = root;
    }

    /**
     * Reads one file.
     *
     * @param server the server name that the service's users belong to
     * @throws BadRegistration naming the file and the field
     */
    static AppService read(Path file, ServerName server) {
        try {
            return parse(file.toString(), Files.readString(file), server);
        } catch (IOException e) {
            throw new BadRegistration(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    static AppService parse(String name, String yaml, ServerName server) {
        try {
            JsonNode root = YAML.readTree(yaml);
            if (root == null || !root.isObject()) {
                throw new BadRegistration(name + " holds no mapping");
            }
            return new RegistrationFile(name, root).appService(server);
        } catch (IOException e) {
            throw new BadRegistration(name + " is no YAML: " + e.getMessage(), e);
        }
    }

    private AppService appService(ServerName server) {
        return new AppService(
                text("id"),
                url(),
                new AppService.Secret(text("as_token")),
                new AppService.Secret(text("hs_token")),
                sender(server),
                server,
                flag("receive_ephemeral") || flag("de.sorunome.msc2409.push_ephemeral"),
                namespaces("users"),
                namespaces("rooms"),
                namespaces("aliases"));
    }

    private String text(String field) {
        JsonNode value = root.path(field);
        if (!value.isValueNode() || value.isNull() || value.asText().isBlank()) {
            throw new BadRegistration(name + " lacks " + field);
        }
        return value.asText();
    }

    private boolean flag(String field) {
        return root.path(field).asBoolean(false);
    }

    private Optional<URI> url() {
        JsonNode value = root.path("url");
        if (value.isNull() || value.isMissingNode() || value.asText().isBlank()) {
            return Optional.empty();
        }
        String text = value.asText();
        try {
            URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (uri.getHost() == null || !List.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
                throw new BadRegistration(name + ": url is no http or https address");
            }
            return Optional.of(uri);
        } catch (IllegalArgumentException e) {
            throw new BadRegistration(name + ": url is no address", e);
        }
    }

    private UserId sender(ServerName server) {
        try {
            return new UserId("@" + text("sender_localpart") + ":" + server.value());
        } catch (InvalidIdentifier e) {
            throw new BadRegistration(name + ": sender_localpart makes no user ID", e);
        }
    }

    private List<Namespace> namespaces(String kind) {
        List<Namespace> spaces = new ArrayList<>();
        for (JsonNode space : root.path("namespaces").path(kind)) {
            try {
                spaces.add(new Namespace(
                        space.path("exclusive").asBoolean(false),
                        Pattern.compile(space.path("regex").asText())));
            } catch (PatternSyntaxException e) {
                throw new BadRegistration(name + ": namespaces." + kind + " holds a bad regular expression", e);
            }
        }
        return spaces;
    }
}
