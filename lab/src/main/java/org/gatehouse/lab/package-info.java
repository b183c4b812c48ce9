/**
 * The rules of Matrix to try by hand and to compare with other implementations: JSON in, JSON out. {@link
 * org.gatehouse.lab.Lab} reads one request, or one per line, has the {@link org.gatehouse.lab.Command} answer it, and
 * writes one line; whatever is wrong with a request becomes a {@link org.gatehouse.lab.LabProblem} and then an answer
 * {@code {"error":…}}. Nothing is kept from one request to the next.
 */
@NullMarked
package org.gatehouse.lab;

import org.jspecify.annotations.NullMarked;
