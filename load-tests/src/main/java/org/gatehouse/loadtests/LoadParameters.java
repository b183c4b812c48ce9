package org.gatehouse.loadtests;

import java.util.ArrayList;
import java.util.List;

/**
 * How much load, from system properties {@code gatehouse.load.<name>}.
 *
 * @param peers sending servers, each with a transaction in flight
 * @param rooms in all; each is one peer's
 * @param pdus in a transaction
 * @param warmUp transactions before the first round, in all
 * @param transactions in a round, in all
 * @param rounds measured ones
 * @param bodyBytes of a message's text
 */
record LoadParameters(int peers, int rooms, int pdus, int warmUp, int transactions, int rounds, int bodyBytes) {

    private static final String PREFIX = "gatehouse.load.";

    LoadParameters {
        if (peers < 1 || rooms < peers || pdus < 1 || pdus > 50 || transactions < peers || rounds < 1) {
            throw new IllegalArgumentException(
                    "needs peers >= 1, rooms >= peers, 1 <= pdus <= 50, transactions >= peers, rounds >= 1");
        }
    }

    static LoadParameters fromSystemProperties() {
        return new LoadParameters(
                Integer.getInteger(PREFIX + "peers", 4),
                Integer.getInteger(PREFIX + "rooms", 20),
                Integer.getInteger(PREFIX + "pdus", 50),
                Integer.getInteger(PREFIX + "warmup", 200),
                Integer.getInteger(PREFIX + "transactions", 200),
                Integer.getInteger(PREFIX + "rounds", 3),
                Integer.getInteger(PREFIX + "body", 64));
    }

    /** Every so-manieth room is one peer's. */
    <R> List<R> roomsOf(int peer, List<R> rooms) {
        List<R> own = new ArrayList<>();
        for (int i = peer; i < rooms.size(); i += peers) {
            own.add(rooms.get(i));
        }
        return own;
    }
}
