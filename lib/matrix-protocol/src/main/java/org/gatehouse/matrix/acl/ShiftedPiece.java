package org.gatehouse.matrix.acl;

/**
 * A piece that is searched for in all its places at once: bit {@code i} of the state says that its first {@code i + 1}
 * characters end where the text has been read to (Baeza-Yates and Gonnet's Shift-And). A step costs a word for every 64
 * characters of the piece, and no text and no piece make it go back.
 */
final class ShiftedPiece implements Piece {

    private static final int WORD = 64;

    private final int length;
    private final String alphabet;

    /** By character of the alphabet, and last for all others, where in the piece it may stand. */
    private final long[][] places;

    ShiftedPiece(String piece) {
        this.length = piece.length();
        this.alphabet = distinct(piece);
        this.places = new long[alphabet.length() + 1][(length + WORD - 1) / WORD];
        for (int i = 0; i < length; i++) {
            long bit = 1L << (i % WORD);
            if (piece.charAt(i) == '?') {
                for (long[] each : places) {
                    each[i / WORD] |= bit;
                }
            } else {
                places[alphabet.indexOf(piece.charAt(i))][i / WORD] |= bit;
            }
        }
    }

    @Override
    public int endOfFirst(String text, int from, int to) {
        return length <= WORD ? endInOneWord(text, from, to) : endInManyWords(text, from, to);
    }

    private int endInOneWord(String text, int from, int to) {
        long state = 0;
        long whole = 1L << (length - 1);
        for (int at = from; at < to; at++) {
            state = ((state << 1) | 1) & placesOf(text.charAt(at))[0];
            if ((state & whole) != 0) {
                return at + 1;
            }
        }
        return -1;
    }

    private int endInManyWords(String text, int from, int to) {
        long[] state = new long[places[0].length];
        int lastWord = state.length - 1;
        long whole = 1L << ((length - 1) % WORD);
        for (int at = from; at < to; at++) {
            long[] fitting = placesOf(text.charAt(at));
            long carried = 1;
            for (int word = 0; word <= lastWord; word++) {
                long shifted = (state[word] << 1) | carried;
                carried = state[word] >>> (WORD - 1);
                state[word] = shifted & fitting[word];
            }
            if ((state[lastWord] & whole) != 0) {
                return at + 1;
            }
        }
        return -1;
    }

    private long[] placesOf(char c) {
        int index = alphabet.indexOf(c);
        return places[index < 0 ? alphabet.length() : index];
    }

    private static String distinct(String piece) {
        StringBuilder distinct = new StringBuilder();
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (c != '?' && distinct.indexOf(String.valueOf(c)) < 0) {
                distinct.append(c);
            }
        }
        return distinct.toString();
    }
}
