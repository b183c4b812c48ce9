package org.gatehouse.requestauth;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.signing.ServerKeys;

/**
 * Keeps answers: one that holds a cited key until that key's end, an hour at most; any other for half a minute. Who
 * asks for the same keys at the same time waits for one answer. At most {@value #MAX_FETCHES} questions are under way:
 * beyond that a server that is not in the cache is taken for unknown, so that a flood of invented servers costs no more.
 */
final class CachedVerifyKeys implements VerifyKeys {

    static final int MAX_FETCHES = 64;

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration NEGATIVE = Duration.ofSeconds(30);
    private static final int KEPT = 50_000;

    private final VerifyKeys source;
    private final Clock clock;
    private final Semaphore fetches = new Semaphore(MAX_FETCHES);
    private final AsyncCache<Question, Answer> answers;

    private record Question(ServerName server, SortedSet<KeyId> cited) {}

    private record Answer(Optional<ServerKeys> keys, Duration kept) {}

    CachedVerifyKeys(VerifyKeys source, Clock clock, Ticker ticker) {
        this.source = source;
        this.clock = clock;
        this.answers = Caffeine.newBuilder()
                .maximumSize(KEPT)
                .ticker(ticker)
                .expireAfter(new AsLongAsItSays())
                .buildAsync();
    }

    @Override
    public Uni<Optional<ServerKeys>> find(ServerName server, SortedSet<KeyId> cited) {
        Question question = new Question(server, new TreeSet<>(cited));
        return Uni.createFrom()
                .completionStage(() ->
                        // A copy: who gives up waiting must not end the wait of the others.
                        answers.get(question, (asked, executor) -> fetch(asked)).copy())
                .map(Answer::keys);
    }

    private CompletableFuture<Answer> fetch(Question question) {
        if (!fetches.tryAcquire()) {
            return CompletableFuture.completedFuture(new Answer(Optional.empty(), Duration.ZERO));
        }
        return Uni.createFrom()
                .deferred(() -> source.find(question.server(), question.cited()))
                .map(keys -> new Answer(keys, lifetime(question, keys)))
                .onTermination()
                .invoke(() -> fetches.release())
                .subscribeAsCompletionStage();
    }

    private Duration lifetime(Question question, Optional<ServerKeys> keys) {
        boolean useful = keys.isPresent()
                && question.cited().stream().anyMatch(keys.get().verifyKeys()::containsKey);
        if (!useful) {
            return NEGATIVE;
        }
        Duration left = Duration.ofMillis(keys.get().validUntilTs() - clock.millis());
        if (left.isNegative()) {
            return NEGATIVE;
        }
        return left.compareTo(LONGEST) < 0 ? left : LONGEST;
    }

    private static final class AsLongAsItSays implements Expiry<Question, Answer> {
        @Override
        public long expireAfterCreate(Question question, Answer answer, long now) {
            return answer.kept().toNanos();
        }

        @Override
        public long expireAfterUpdate(Question question, Answer answer, long now, long left) {
            return answer.kept().toNanos();
        }

        @Override
        public long expireAfterRead(Question question, Answer answer, long now, long left) {
            return left;
        }
    }
}
