/**
 * What all services are told alike: the cluster's name, the server names that it hosts, the prefixes of its topics
 * and keyspaces, and where the other services answer.
 */
@NullMarked
package org.gatehouse.runtime.config;

import org.jspecify.annotations.NullMarked;
