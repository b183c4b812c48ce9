package org.gatehouse.local.command;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.gatehouse.local.Brokers;
import org.gatehouse.local.Cluster;
import org.gatehouse.local.ClusterDirectory;
import org.gatehouse.local.ClusterProblem;
import org.gatehouse.local.DataFolder;

/** Stops a cluster, or all, and the brokers when no cluster is left. The data stays. */
final class DownCommand implements Command {
    @Override
    public Set<Flag> flags() {
        return EnumSet.of(Flag.CLUSTER, Flag.ALL, Flag.DATA);
    }

    @Override
    public int run(CommandLine line, Setting setting) {
        DataFolder data = setting.data(line);
        try (FileChannel lock = data.lock()) {
            List<ClusterDirectory> chosen =
                    line.has(Flag.ALL) ? data.clusters() : List.of(data.cluster(Setting.cluster(line)));
            for (ClusterDirectory directory : chosen) {
                stop(directory, setting);
            }
            stopBrokersIfUnused(data, setting);
            return 0;
        } catch (IOException e) {
            throw new ClusterProblem("Cannot give back the lock of " + data.root(), e);
        }
    }

    private static void stop(ClusterDirectory directory, Setting setting) {
        if (!directory.isRunning()) {
            setting.say("Cluster %s does not run.", directory.name());
            return;
        }
        Cluster.attach(setting.installation(), directory).ifPresent(Cluster::close);
        setting.say("Cluster %s is down.", directory.name());
    }

    private static void stopBrokersIfUnused(DataFolder data, Setting setting) {
        List<String> users = data.clusters().stream()
                .filter(ClusterDirectory::isRunning)
                .map(ClusterDirectory::name)
                .toList();
        if (!users.isEmpty()) {
            setting.say("Kafka and Cassandra stay up for %s.", String.join(", ", users));
        } else if (Brokers.stop(data.brokers())) {
            setting.say("Kafka and Cassandra are down. The data stays in %s.", data.root());
        }
    }
}
