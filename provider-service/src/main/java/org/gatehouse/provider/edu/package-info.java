/**
 * What other servers' EDUs bring to application services: typing, receipts and presence as {@code ephemeral}, to-device
 * messages as {@code de.sorunome.msc2409.to_device}. Each service that wants them follows edu-received in a consumer group
 * of its own. A to-device message is told once, whatever is repeated: the table to_device_seen says where it came first.
 */
@NullMarked
package org.gatehouse.provider.edu;

import org.jspecify.annotations.NullMarked;
