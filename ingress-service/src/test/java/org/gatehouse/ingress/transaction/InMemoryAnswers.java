package org.gatehouse.ingress.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The answers of one test run. */
@Singleton
class InMemoryAnswers implements AnsweredTransactions {

    private final Map<Transaction.Key, byte[]> answers = new ConcurrentHashMap<>();

    @Override
    public Uni<Optional<byte[]>> find(Transaction.Key key) {
        return Uni.createFrom().item(Optional.ofNullable(answers.get(key)));
    }

    @Override
    public Uni<Void> keep(Transaction.Key key, byte[] answer) {
        answers.put(key, answer);
        return Uni.createFrom().voidItem();
    }
}
