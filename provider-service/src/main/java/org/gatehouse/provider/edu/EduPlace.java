package org.gatehouse.provider.edu;

/** Where in edu-received something came: generation of the offsets, partition and offset. */
record EduPlace(int generation, int partition, long offset) {}
