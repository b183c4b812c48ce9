/**
 * A whole Gatehouse on one machine. {@link org.gatehouse.local.Brokers} starts real Kafka and real Cassandra as child
 * processes; {@link org.gatehouse.local.Cluster} starts the seven services of one cluster on top of them, each a
 * process of its own with a pid file, a log file and certificates from a {@link
 * org.gatehouse.local.CertificateAuthority}. Everything lies under one {@link org.gatehouse.local.DataFolder}. The
 * {@code gatehouse} script drives these classes from the command line, the integration tests use them as a library;
 * every process can be stopped, killed, frozen and started again singly.
 */
@NullMarked
package org.gatehouse.local;

import org.jspecify.annotations.NullMarked;
