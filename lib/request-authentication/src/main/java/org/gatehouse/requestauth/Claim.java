package org.gatehouse.requestauth;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.request.XMatrixParse.RequestSignature;

/** What the header says, fit to be verified: it addresses one of our names and comes from none of them. */
record Claim(ServerName origin, ServerName destination, List<RequestSignature> signatures) {

    SortedSet<KeyId> citedKeys() {
        SortedSet<KeyId> cited = new TreeSet<>();
        signatures.forEach(signature -> cited.add(signature.keyId()));
        return cited;
    }
}
