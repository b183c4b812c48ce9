package org.gatehouse.provider.handshake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gatehouse.provider.handshake.JoinAttempt.Outcome;

@ApplicationScoped
class InMemoryJoinAttempts implements JoinAttempts {

    private final Map<String, JoinAttempt> open = new LinkedHashMap<>();
    private final Map<String, Outcome> finished = new LinkedHashMap<>();

    @Override
    public synchronized void begin(JoinAttempt attempt) {
        open.put(attempt.attemptId(), attempt);
    }

    @Override
    public synchronized void finish(JoinAttempt attempt, Outcome outcome) {
        open.remove(attempt.attemptId());
        finished.put(attempt.attemptId(), outcome);
    }

    @Override
    public synchronized List<JoinAttempt> open() {
        return List.copyOf(open.values());
    }

    synchronized List<Outcome> outcomes() {
        return List.copyOf(finished.values());
    }
}
