package org.gatehouse.runtime.start;

import java.util.ArrayList;
import java.util.List;

/** Ports must be ports, and the certificates of the listeners must be there. */
public final class ListenerCondition implements StartCondition {

    private static final int LAST_PORT = 65_535;

    @Override
    public List<String> problems(Settings settings) {
        List<String> problems = new ArrayList<>();
        for (String key : List.of("quarkus.http.port", "quarkus.http.ssl-port", "quarkus.management.port")) {
            settings.wantNumber(key, 0, LAST_PORT).ifPresent(problems::add);
        }
        for (String key : settings.keysBelow("quarkus.tls.")) {
            if (key.contains(".pem.") && (key.endsWith(".cert") || key.endsWith(".certs"))) {
                problems.addAll(settings.wantCertificates(key));
            } else if (key.contains(".pem.") && key.endsWith(".key")) {
                settings.wantFile(key).ifPresent(problems::add);
            }
        }
        return problems;
    }
}
