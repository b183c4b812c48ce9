package org.gatehouse.ingress.http;

import java.util.ArrayList;
import java.util.List;

/** The addresses of our own proxies: the ranges of {@code quarkus.http.proxy.trusted-proxies}. */
final class TrustedProxies {

    private record Range(byte[] network, int bits) {}

    private final List<Range> ranges = new ArrayList<>();

    /** @throws IllegalArgumentException if a text is neither an address nor a range such as {@code 10.0.0.0/8} */
    TrustedProxies(List<String> texts) {
        for (String text : texts) {
            ranges.add(range(text.trim()));
        }
    }

    private static Range range(String text) {
        int slash = text.indexOf('/');
        byte[] network = Addresses.bytes(slash < 0 ? text : text.substring(0, slash));
        if (network == null) {
            throw new IllegalArgumentException("not a range of addresses: " + text);
        }
        int bits = slash < 0 ? network.length * 8 : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > network.length * 8) {
            throw new IllegalArgumentException("not a range of addresses: " + text);
        }
        return new Range(network, bits);
    }

    boolean contain(String address) {
        if (ranges.isEmpty()) {
            return false;
        }
        byte[] bytes = Addresses.bytes(address);
        return bytes != null && ranges.stream().anyMatch(range -> contains(range, bytes));
    }

    private static boolean contains(Range range, byte[] address) {
        if (address.length != range.network().length) {
            return false;
        }
        for (int bit = 0; bit < range.bits(); bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((address[bit / 8] & mask) != (range.network()[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
