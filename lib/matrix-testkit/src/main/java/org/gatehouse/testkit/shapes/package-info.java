/**
 * Rooms for measuring state resolution, each of a shape that hurts somewhere: {@link org.gatehouse.testkit.shapes.Shapes}
 * makes them from a seed, always the same, without signatures. {@link org.gatehouse.testkit.shapes.Shape} is one of them,
 * ready to be resolved here or to be written down as a line for {@code gatehouse lab resolve}.
 */
@NullMarked
package org.gatehouse.testkit.shapes;

import org.jspecify.annotations.NullMarked;
