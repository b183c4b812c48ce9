package org.gatehouse.ingress.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many connections there are, in all and of each address. */
final class Visitors {

    private final int most;
    private final int mostOfOneAddress;
    private final TrustedProxies proxies;
    private final AtomicInteger all = new AtomicInteger();
    private final Map<String, Integer> addresses = new ConcurrentHashMap<>();

    Visitors(int most, int mostOfOneAddress, TrustedProxies proxies) {
        this.most = most;
        this.mostOfOneAddress = mostOfOneAddress;
        this.proxies = proxies;
    }

    /** Whether one more connection of that address is welcome; if so, {@link #leave} has to follow some time. */
    boolean enter(String address) {
        if (all.incrementAndGet() > most) {
            all.decrementAndGet();
            return false;
        }
        if (proxies.contain(address)) {
            return true;
        }
        int ofThisAddress = addresses.merge(Addresses.network(address), 1, Integer::sum);
        if (ofThisAddress > mostOfOneAddress) {
            leave(address);
            return false;
        }
        return true;
    }

    void leave(String address) {
        all.decrementAndGet();
        if (!proxies.contain(address)) {
            addresses.computeIfPresent(Addresses.network(address), (network, count) -> count > 1 ? count - 1 : null);
        }
    }

    int present() {
        return all.get();
    }

    int addresses() {
        return addresses.size();
    }
}
