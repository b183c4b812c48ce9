package org.gatehouse.matrix.acl;

/** What stands between two stars of a glob. */
interface Piece {

    /** Up to this length the JDK's search is fast whatever the text. */
    int SHORT = 8;

    /** The index behind the first occurrence within the bounds, or -1. */
    int endOfFirst(String text, int from, int to);

    static Piece of(String piece) {
        return piece.length() <= SHORT && piece.indexOf('?') < 0 ? new LiteralPiece(piece) : new ShiftedPiece(piece);
    }

    /** A short piece without question marks. */
    record LiteralPiece(String piece) implements Piece {

        @Override
        public int endOfFirst(String text, int from, int to) {
            int at = text.indexOf(piece, from);
            return at < 0 || at + piece.length() > to ? -1 : at + piece.length();
        }
    }
}
