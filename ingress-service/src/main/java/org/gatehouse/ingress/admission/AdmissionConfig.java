package org.gatehouse.ingress.admission;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much of an instance one server may have, and when all are slowed down. */
@ConfigMapping(prefix = "gatehouse.admission")
public interface AdmissionConfig {

    /** How many requests of other servers an instance works at the same time; beyond it they are answered 503. */
    @WithDefault("1024")
    int concurrency();

    /** How many of them one server has at most; beyond it they are answered 429. */
    @WithDefault("64")
    int originConcurrency();

    /** How much one server may ask of an instance in a second: a request counts one, and one for each of its PDUs. */
    @WithDefault("1000")
    int originRate();

    /** How much more than its rate a server may ask at once after it was quiet. */
    @WithDefault("5000")
    int originBurst();

    /** How long a request beyond the rate waits for its turn; one that had to wait longer is answered 429. */
    @WithDefault("5s")
    Duration longestTurn();

    /** From how many records behind in its partition of the log a transaction's answer is held back. */
    @WithDefault("2000")
    long lagLow();

    /** At how many records behind it is held back for the longest time. */
    @WithDefault("20000")
    long lagHigh();

    /** How long an answer is held back at most. */
    @WithDefault("15s")
    Duration longestHold();

    /** When a transaction is answered at the latest as far as holding it back goes, counted from its arrival. */
    @WithDefault("20s")
    Duration answerWithin();
}
