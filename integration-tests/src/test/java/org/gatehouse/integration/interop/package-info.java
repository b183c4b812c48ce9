/**
 * One cluster of ours and a Synapse on loopback, which trust the same certificate authority and converse. Runs in the Maven
 * profile {@code interop} only; {@code scripts/interop.sh} installs Synapse first.
 */
@NullMarked
package org.gatehouse.integration.interop;

import org.jspecify.annotations.NullMarked;
