/**
 * Application services: their registrations, whom they may speak for, and the users that they make when asked. What is
 * pushed to them is the business of {@code push}.
 */
@NullMarked
package org.gatehouse.provider.appservice;

import org.jspecify.annotations.NullMarked;
