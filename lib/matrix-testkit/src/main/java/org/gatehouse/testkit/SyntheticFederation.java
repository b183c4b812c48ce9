package org.gatehouse.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * Many servers behind one listener: each has a name, a key and a memory of its own, as a {@link FederationPeer} has, and
 * costs no thread and no port. Their names are addresses of 127.0.0.0/8 with the listener's port, which Linux answers for
 * without being told; who comes in by another network is turned away.
 */
public final class SyntheticFederation implements AutoCloseable {

    private static final int MOST = 250 * 250;
    private static final int OF_A_BLOCK = 250;

    private final PeerListener listener;
    private final List<FederationPeer> servers;

    private SyntheticFederation(PeerListener listener, List<FederationPeer> servers) {
        this.listener = listener;
        this.servers = List.copyOf(servers);
    }

    /**
     * Starts the servers.
     *
     * @param tls with a certificate for {@link #hosts} of that number, and trust in the servers that they ask
     */
    public static SyntheticFederation start(SSLContext tls, int number) throws IOException {
        PeerListener listener = PeerListener.start(tls, new InetSocketAddress(0));
        return new SyntheticFederation(
                listener, hosts(number).stream().map(listener::peer).toList());
    }

    /** The addresses of so many servers, for their certificate. */
    public static List<String> hosts(int number) {
        if (number < 1 || number > MOST) {
            throw new IllegalArgumentException(number + " is not from 1 to " + MOST);
        }
        List<String> hosts = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            hosts.add("127.77.%d.%d".formatted(i / OF_A_BLOCK, 1 + i % OF_A_BLOCK));
        }
        return hosts;
    }

    /** All of them, in the order of their hosts. */
    public List<FederationPeer> servers() {
        return servers;
    }

    @Override
    public void close() {
        listener.close();
    }
}
