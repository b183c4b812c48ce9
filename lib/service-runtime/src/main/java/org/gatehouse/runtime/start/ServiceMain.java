package org.gatehouse.runtime.start;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The program of every service: looks at the configuration, and starts only if nothing is wrong with it. */
@QuarkusMain
public final class ServiceMain {

    ServiceMain() {}

    public static void main(String[] arguments) throws IOException {
        Settings settings = Settings.ofThisProcess();
        List<String> problems = problems(settings);
        if (problems.isEmpty()) {
            Quarkus.run(arguments);
            return;
        }
        System.err.println(settings.text("quarkus.application.name").orElse("gatehouse")
                + " does not start, its configuration is wrong:");
        problems.forEach(problem -> System.err.println("  " + problem));
        System.exit(1);
    }

    static List<String> problems(Settings settings) {
        List<String> problems = new ArrayList<>();
        for (StartCondition condition : ServiceLoader.load(StartCondition.class)) {
            problems.addAll(condition.problems(settings));
        }
        return problems;
    }
}
