/**
 * Federation media, both ways. For now the service has its identity, its internal door, health and metrics; the relay
 * itself is not built, and docs/conformance.md says so for each media operation.
 */
@NullMarked
package org.gatehouse.media;

import org.jspecify.annotations.NullMarked;
