package org.gatehouse.ingress.transaction;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** The answers that were given, kept long enough for any repeat. */
interface AnsweredTransactions {

    /** The body of the answer that was given to this transaction, by whichever instance. */
    Uni<Optional<byte[]>> find(Transaction.Key key);

    /** Keeps an answer. */
    Uni<Void> keep(Transaction.Key key, byte[] answer);
}
