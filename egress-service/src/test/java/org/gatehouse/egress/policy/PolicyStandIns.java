package org.gatehouse.egress.policy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.gatehouse.egress.fetch.OurNames;
import org.gatehouse.egress.remote.FederationClient;
import org.gatehouse.egress.roomlog.RoomLogs;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.runtime.config.ClusterConfig;
import org.gatehouse.runtime.config.InternalAddresses;

/** The feature with a deadline of a second and a half, in a cluster that hosts ours.example and policy.ours.example. */
public final class PolicyStandIns {

    static final ServerName HOSTED_POLICY_SERVER = new ServerName("policy.ours.example");
    static final ClusterConfig CLUSTER = new ClusterConfig(
            "egress",
            "test",
            List.of(new ServerName("ours.example"), HOSTED_POLICY_SERVER),
            "",
            "",
            10,
            new InternalAddresses(Map.of()));

    private PolicyStandIns() {}

    static PolicyConfig config() {
        return new PolicyConfig() {
            @Override
            public Duration askDeadline() {
                return Duration.ofMillis(1500);
            }

            @Override
            public int asksPerServer() {
                return 2;
            }

            @Override
            public int askers() {
                return 4;
            }
        };
    }

    static AskPolicyServer askPolicyServer(FederationClient client, HostedPolicyServers hosted) {
        return new AskPolicyServer(client, hosted, CLUSTER);
    }

    static WorkPolicyWish workPolicyWish(FederationClient client, HostedPolicyServers hosted, RoomLogs logs) {
        return new WorkPolicyWish(askPolicyServer(client, hosted), new OurNames(CLUSTER), logs, config());
    }

    /** For gaps. */
    public static AskAboutFetched askAboutFetched(FederationClient client) {
        HostedPolicyServers none = (question, origin, deadline) -> new Word.Failed("none is hosted");
        return new AskAboutFetched(askPolicyServer(client, none), new OurNames(CLUSTER), config(), Clock.systemUTC());
    }
}
