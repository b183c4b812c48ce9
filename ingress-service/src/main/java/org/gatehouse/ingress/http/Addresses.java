package org.gatehouse.ingress.http;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** IP addresses as text. Never asks a name server. */
final class Addresses {

    private static final int IPV6_NETWORK_BYTES = 8;
    private static final int IPV6_BYTES = 16;

    private Addresses() {}

    /** The bytes of an address: 4, or 16; null if the text is none. An IPv4 address written as IPv6 has 4. */
    static byte @Nullable [] bytes(String address) {
        int zone = address.indexOf('%');
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(zone < 0 ? address : address.substring(0, zone));
        return bytes != null && isMappedIpv4(bytes) ? Arrays.copyOfRange(bytes, 12, IPV6_BYTES) : bytes;
    }

    /** What is counted as one peer: an IPv4 address, or the /64 network of an IPv6 address. */
    static String network(String address) {
        byte[] bytes = bytes(address);
        if (bytes == null || bytes.length != IPV6_BYTES) {
            return bytes == null ? address : HexFormat.of().formatHex(bytes);
        }
        return HexFormat.of().formatHex(bytes, 0, IPV6_NETWORK_BYTES) + "/64";
    }

    private static boolean isMappedIpv4(byte[] bytes) {
        if (bytes.length != IPV6_BYTES || bytes[10] != -1 || bytes[11] != -1) {
            return false;
        }
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
