package org.gatehouse.local.demo;

import java.io.PrintStream;
import java.nio.file.Path;
import org.gatehouse.local.CertificateAuthority;
import org.gatehouse.local.Cluster;

/** What two clusters have to say to each other. */
interface Conversation {
    /**
     * Plays it to the end and tells on {@code out} what happens.
     *
     * @param first a cluster that is ready
     * @param second another one, on the same brokers
     * @param federationAuthority the authority that signed both federation doors
     * @param scratch a folder for what the conversation needs
     * @param out for the person who watches
     * @throws org.gatehouse.local.ClusterProblem as soon as something does not hold
     */
    void play(Cluster first, Cluster second, CertificateAuthority federationAuthority, Path scratch, PrintStream out);
}
