package org.gatehouse.local.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The flags of all commands. Each has an environment variable of the same name. */
enum Flag {
    CLUSTER("NAME", "name of the cluster (local)"),
    SERVER_NAME("NAME", "a Matrix server name to answer for, may be repeated (127.0.0.1:FEDERATION_PORT)"),
    BIND("ADDRESS", "address of the federation and client doors (127.0.0.1)"),
    FEDERATION_PORT("PORT", "where other servers connect (8448)"),
    CLIENT_PORT("PORT", "where clients and app services connect (8008)"),
    TLS_CERT("FILE", "PEM certificate chain of the federation door (made if absent)"),
    TLS_KEY("FILE", "its PKCS #8 key, PEM"),
    CA("FILE", "PEM authorities trusted for other servers, beside the system's"),
    APP_SERVICE("FILE", "registration of an application service, may be repeated"),
    DATA("DIR", "where everything is kept (.gatehouse in the checkout)"),
    ALLOW_PRIVATE_NETWORKS("", "lets other servers be on loopback and private addresses"),
    ALL("", "every cluster"),
    FOLLOW("", "goes on printing");

    private final String value;
    private final String meaning;

    Flag(String value, String meaning) {
        this.value = value;
        this.meaning = meaning;
    }

    static Optional<Flag> find(String argument) {
        return Arrays.stream(values())
                .filter(flag -> flag.spelling().equals(argument))
                .findFirst();
    }

    /** As on the command line: --server-name. */
    String spelling() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As in the environment: GATEHOUSE_SERVER_NAME; what may be repeated is separated by commas. */
    String variable() {
        return "GATEHOUSE_" + name();
    }

    boolean takesValue() {
        return !value.isEmpty();
    }

    boolean mayRepeat() {
        return this == SERVER_NAME || this == APP_SERVICE;
    }

    String help() {
        return "  %-28s %s".formatted(spelling() + (takesValue() ? " " + value : ""), meaning);
    }
}
