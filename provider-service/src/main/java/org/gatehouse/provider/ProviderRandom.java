package org.gatehouse.provider;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;

/** Randomness comes in by constructors, as time does. */
@Singleton
class ProviderRandom {

    @Produces
    @Singleton
    SecureRandom random() {
        return new SecureRandom();
    }
}
