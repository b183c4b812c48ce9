package org.gatehouse.ingress.edu;

import java.util.List;
import org.gatehouse.cluster.ReceivedEdu;

/**
 * The EDUs of a transaction that are well-formed, speak for the origin's users and are paid for, split by room and user.
 * Of rooms it is not yet asked whether they are ours.
 */
public record AdmittedEdus(List<ReceivedEdu> records) {

    public static final AdmittedEdus NONE = new AdmittedEdus(List.of());

    public AdmittedEdus {
        records = List.copyOf(records);
    }
}
