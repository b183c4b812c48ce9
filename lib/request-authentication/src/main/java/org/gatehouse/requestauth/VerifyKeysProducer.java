package org.gatehouse.requestauth;

import com.github.benmanes.caffeine.cache.Ticker;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.gatehouse.runtime.internal.InternalClient;

/** Key-service's answers, cached; key-service itself has its own. */
@Singleton
class VerifyKeysProducer {

    @Produces
    @Singleton
    @DefaultBean
    VerifyKeys verifyKeys(InternalClient client, Clock clock) {
        return new CachedVerifyKeys(new HttpVerifyKeys(client, clock), clock, Ticker.systemTicker());
    }
}
