/**
 * The authorisation rules of the room versions, as pure functions from an event and a state to a verdict that names
 * the rule and the events that decided. {@link org.gatehouse.matrix.authrule.AuthRules} walks the rules in their
 * published order and leaves each family to its own class; which version has which rule, and so which number it bears, is
 * one list (Rule); {@link org.gatehouse.matrix.authrule.PowerLevels} answers who may do what;
 * {@link org.gatehouse.matrix.authrule.AuthEventSelection} says which state an event has to cite. Nothing here fetches:
 * what is missing is an exception that names the event.
 */
@NullMarked
package org.gatehouse.matrix.authrule;

import org.jspecify.annotations.NullMarked;
