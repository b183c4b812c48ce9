package org.gatehouse.provider.appservice;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.start.Settings;
import org.gatehouse.runtime.start.StartCondition;

/** The registrations of the application services must be readable. */
public final class RegistrationsCondition implements StartCondition {

    private static final String KEY = "gatehouse.provider.app-services";

    @Override
    public List<String> problems(Settings settings) {
        // Without a server name there is another problem, told elsewhere.
        return settings.list("gatehouse.server-names").stream()
                .limit(1)
                .flatMap(name -> ServerName.tryParse(name).stream())
                .flatMap(server -> problems(settings.list(KEY), server))
                .toList();
    }

    private static Stream<String> problems(List<String> files, ServerName server) {
        return files.stream().flatMap(file -> problem(file, server).stream());
    }

    private static Optional<String> problem(String file, ServerName server) {
        try {
            RegistrationFile.read(Path.of(file), server);
            return Optional.empty();
        } catch (BadRegistration e) {
            return Optional.of(KEY + ": " + e.getMessage());
        }
    }
}
