package org.gatehouse.local.command;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.gatehouse.local.ClusterProblem;
import org.gatehouse.local.Installation;

/** What the {@code gatehouse} script runs. */
public final class Launcher {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final Map<String, Command> COMMANDS = Map.of(
            "up", new UpCommand(),
            "down", new DownCommand(),
            "status", new StatusCommand(),
            "logs", new LogsCommand(),
            "demo", new DemoCommand(),
            "help", new HelpCommand());

    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;

    Launcher(PrintStream out, PrintStream err, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.environment = environment;
    }

    public static void main(String[] arguments) {
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        quietLibraries();
        AtomicBoolean ending = new AtomicBoolean();
        endCommandOnCtrlC(Thread.currentThread(), ending);
        int code = new Launcher(System.out, System.err, System.getenv()).run(List.of(arguments));
        if (ending.compareAndSet(false, true)) {
            System.exit(code);
        }
    }

    int run(List<String> arguments) {
        String name = arguments.isEmpty() ? "help" : arguments.get(0);
        Command command = COMMANDS.get(name.replaceFirst("^--?h(elp)?$", "help"));
        if (command == null) {
            err.println("gatehouse: there is no command \"%s\"; see gatehouse help.".formatted(name));
            return MISUSED;
        }
        try {
            List<String> rest = arguments.subList(Math.min(1, arguments.size()), arguments.size());
            CommandLine line = CommandLine.parse(name, rest, environment, command.flags());
            return command.run(line, new Setting(Installation.locate(), out));
        } catch (ClusterProblem e) {
            out.flush();
            err.println("gatehouse: " + e.getMessage());
            return FAILED;
        } catch (RuntimeException e) {
            out.flush();
            err.println("gatehouse: this is a bug of the launcher:");
            e.printStackTrace(err);
            return FAILED;
        }
    }

    /**
     * Ctrl-C interrupts the command, which then stops what it started; the JVM waits for it. Processes that are to
     * stay are in sessions of their own and hear nothing of it.
     */
    private static void endCommandOnCtrlC(Thread command, AtomicBoolean ending) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            if (!ending.compareAndSet(false, true)) {
                                return;
                            }
                            command.interrupt();
                            try {
                                command.join();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "ctrl-c"));
    }

    private static void quietLibraries() {
        Arrays.stream(Logger.getLogger("").getHandlers()).forEach(handler -> handler.setLevel(Level.SEVERE));
        Logger.getLogger("").setLevel(Level.SEVERE);
    }
}
