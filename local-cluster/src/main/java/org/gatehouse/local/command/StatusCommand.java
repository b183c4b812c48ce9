package org.gatehouse.local.command;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gatehouse.local.Brokers;
import org.gatehouse.local.ChildProcess;
import org.gatehouse.local.Cluster;
import org.gatehouse.local.ClusterDirectory;
import org.gatehouse.local.ClusterService;
import org.gatehouse.local.DataFolder;
import org.gatehouse.local.Memory;

/** Tells what runs, whether it is ready, and how much memory it holds. Ends with 1 if something that should run does not. */
final class StatusCommand implements Command {
    @Override
    public Set<Flag> flags() {
        return EnumSet.of(Flag.DATA);
    }

    @Override
    public int run(CommandLine line, Setting setting) {
        DataFolder data = setting.data(line);
        List<ChildProcess> all = new ArrayList<>();
        boolean healthy = true;
        List<ClusterDirectory> running =
                data.clusters().stream().filter(ClusterDirectory::isRunning).toList();
        Optional<Brokers> brokers = Brokers.attach(data.brokers());
        if (running.isEmpty() && brokers.isEmpty()) {
            setting.say("Nothing runs in %s.", data.root());
            return 0;
        }
        if (brokers.isPresent()) {
            setting.say("brokers");
            brokers.get().processes().forEach(process -> row(process, "running", setting));
            all.addAll(brokers.get().processes());
        } else {
            setting.say("Kafka or Cassandra does not run.");
            healthy = false;
        }
        for (ClusterDirectory directory : running) {
            healthy &= describe(directory, all, setting);
        }
        setting.say("%nmemory in all  %s", Memory.text(all));
        return healthy ? 0 : 1;
    }

    private static boolean describe(ClusterDirectory directory, List<ChildProcess> all, Setting setting) {
        Cluster cluster = Cluster.attach(setting.installation(), directory).orElseThrow();
        setting.say(
                "%ncluster %s: %s, federation %s, clients %s",
                cluster.name(),
                String.join(", ", cluster.plan().settings().serverNames()),
                cluster.plan().federationUrl(),
                cluster.plan().clientUrl());
        boolean healthy = true;
        for (ClusterService service : ClusterService.values()) {
            Optional<ChildProcess> process = directory.process(service);
            if (process.isEmpty()) {
                setting.say("  %-17s does not run", service);
                healthy = false;
                continue;
            }
            boolean ready = cluster.isReady(service);
            row(process.get(), ready ? "ready" : "not ready", setting);
            all.add(process.get());
            healthy &= ready;
        }
        return healthy;
    }

    private static void row(ChildProcess process, String state, Setting setting) {
        setting.say("  %-17s pid %-8d %-10s %8s", process.name(), process.pid(), state, Memory.text(List.of(process)));
    }
}
