package org.gatehouse.local.command;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.gatehouse.local.Brokers;
import org.gatehouse.local.ClusterProblem;
import org.gatehouse.local.ClusterService;
import org.gatehouse.local.DataFolder;

/** Prints the log of a service or a broker; with --follow goes on printing. */
final class LogsCommand implements Command {
    private static final long POLL_MILLIS = 300;

    @Override
    public Set<Flag> flags() {
        return EnumSet.of(Flag.CLUSTER, Flag.DATA, Flag.FOLLOW);
    }

    @Override
    public int run(CommandLine line, Setting setting) {
        if (line.words().size() != 1) {
            throw new ClusterProblem("Whose log? One of %s, kafka, cassandra.".formatted(ClusterService.names()));
        }
        Path log = logOf(line.words().get(0), line, setting.data(line));
        if (!Files.exists(log)) {
            throw new ClusterProblem("There is no log %s yet.".formatted(log));
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            copy(file, setting);
            while (line.has(Flag.FOLLOW)) {
                Thread.sleep(POLL_MILLIS);
                copy(file, setting);
            }
        } catch (IOException e) {
            throw new ClusterProblem("Cannot read %s: %s".formatted(log, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private static Path logOf(String name, CommandLine line, DataFolder data) {
        return Brokers.logFile(data.brokers(), name)
                .or(() -> ClusterService.find(name)
                        .map(service -> data.cluster(Setting.cluster(line)).logFile(service)))
                .orElseThrow(() -> new ClusterProblem("There is no service %s; take one of %s, kafka, cassandra."
                        .formatted(name, ClusterService.names())));
    }

    private static void copy(RandomAccessFile file, Setting setting) throws IOException {
        byte[] buffer = new byte[8192];
        for (int count = file.read(buffer); count > 0; count = file.read(buffer)) {
            setting.out().write(buffer, 0, count);
        }
        setting.out().flush();
    }
}
