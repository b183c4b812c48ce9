package org.gatehouse.egress.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** Row D01 of the hostile input list, and the ranges behind it. */
class AddressGuardTest {

    private final AddressGuard guard = new AddressGuard(false);

    @Test
    void refusesWhatIsNotThePublicInternet() throws UnknownHostException {
        for (String address : new String[] {
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:10.0.0.1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1"
        }) {
            assertThat(guard.allows(InetAddress.getByName(address), 8448))
                    .as(address)
                    .isFalse();
        }
    }

    @Test
    void refusesAMappedAddressHoweverItIsHeld() throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        mapped[12] = 10;

        byte[] inner = AddressRange.unmapped(mapped);

        assertThat(inner).containsExactly(10, 0, 0, 0);
        assertThat(guard.allows(InetAddress.getByAddress(mapped), 8448)).isFalse();
    }

    @Test
    void lookUpsOfDisguisedLoopbackNamesEndAtForbiddenAddresses() {
        SystemAddresses addresses = new SystemAddresses();

        for (String disguised : new String[] {"localhost", "LOCALHOST", "a.localhost", "2130706433", "127.0.0.1"}) {
            assertThat(addresses.find(disguised))
                    .as(disguised)
                    .isNotEmpty()
                    .noneMatch(address -> guard.allows(address, 8448));
        }
        for (String disguised : new String[] {"0x7f.1", "017700000001"}) {
            assertThat(addresses.find(disguised)).as(disguised).noneMatch(address -> guard.allows(address, 8448));
        }
    }

    @Test
    void refusesPortsOfOtherProtocols() throws UnknownHostException {
        for (int port : new int[] {22, 25, 6379, 9042, 9092}) {
            assertThat(guard.allows(InetAddress.getByName("1.1.1.1"), port))
                    .as("" + port)
                    .isFalse();
        }
    }

    @Test
    void allowsThePublicInternet() throws UnknownHostException {
        for (String address : new String[] {
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.167.255.255",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450::1"
        }) {
            assertThat(guard.allows(InetAddress.getByName(address), 8448))
                    .as(address)
                    .isTrue();
            assertThat(guard.allows(InetAddress.getByName(address), 443))
                    .as(address)
                    .isTrue();
        }
    }

    @Test
    void allowsEverythingWhenTheOperatorSaysSo() throws UnknownHostException {
        assertThat(new AddressGuard(true).allows(InetAddress.getByName("127.0.0.1"), 22))
                .isTrue();
    }
}
