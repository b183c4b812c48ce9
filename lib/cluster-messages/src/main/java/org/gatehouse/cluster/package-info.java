/**
 * What the services say to each other through Kafka. Each topic carries one sealed family of records; a record
 * travels as a version byte, a JSON head and the bytes of the PDUs that it names ({@link
 * org.gatehouse.cluster.EncodedRecord}). A reader accepts the version before and the version after its own, so that
 * services are upgraded one at a time.
 */
@NullMarked
package org.gatehouse.cluster;

import org.jspecify.annotations.NullMarked;
