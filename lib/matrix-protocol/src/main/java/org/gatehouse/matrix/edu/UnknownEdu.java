package org.gatehouse.matrix.edu;

/**
 * Of a type that the specification does not know; to be ignored.
 *
 * @param type the {@code edu_type} as it came, of any length
 */
public record UnknownEdu(String type) implements Edu {}
