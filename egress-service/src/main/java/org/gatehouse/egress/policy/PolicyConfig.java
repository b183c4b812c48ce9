package org.gatehouse.egress.policy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How policy servers are asked. */
@ConfigMapping(prefix = "gatehouse.policy")
public interface PolicyConfig {

    /** How long a policy server may take for one event; also how long an event may stand in line for it. */
    @WithDefault("10s")
    Duration askDeadline();

    /** How many events one policy server is shown at the same time. */
    @WithDefault("8")
    int asksPerServer();

    /** How many events all policy servers are shown at the same time. */
    @WithDefault("32")
    int askers();
}
