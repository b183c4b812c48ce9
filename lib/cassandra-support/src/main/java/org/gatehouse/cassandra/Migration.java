package org.gatehouse.cassandra;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One numbered file of a keyspace's schema.
 *
 * @param number from 1, without gaps
 * @param name what the file is called after its number
 * @param cql the whole text
 */
record Migration(int number, String name, String cql) {

    private static final Pattern FILE_NAME = Pattern.compile("(\\d{4})-([a-z0-9-]+)\\.cql");

    /** @param fileName {@code NNNN-name.cql} */
    static Migration of(String fileName, String cql) {
        Matcher matcher = FILE_NAME.matcher(fileName);
        if (!matcher.matches()) {
            throw new IllegalStateException("a schema file is called NNNN-name.cql, not " + fileName);
        }
        return new Migration(Integer.parseInt(matcher.group(1)), matcher.group(2), cql.replace("\r\n", "\n"));
    }

    /** SHA-256 of the text, in hex. */
    String checksum() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(cql.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The statements, without comments and without the semicolon that ends each. */
    List<String> statements() {
        List<String> statements = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < cql.length(); i++) {
            char c = cql.charAt(i);
            if (!quoted && startsComment(i)) {
                i = endOfLine(i);
                current.append('\n');
            } else if (!quoted && c == ';') {
                add(statements, current);
            } else {
                quoted ^= c == '\'';
                current.append(c);
            }
        }
        add(statements, current);
        return statements;
    }

    private boolean startsComment(int at) {
        return cql.startsWith("--", at) || cql.startsWith("//", at);
    }

    private int endOfLine(int from) {
        int end = cql.indexOf('\n', from);
        return end < 0 ? cql.length() : end;
    }

    private static void add(List<String> statements, StringBuilder current) {
        String statement = current.toString().strip();
        current.setLength(0);
        if (!statement.isEmpty()) {
            statements.add(statement);
        }
    }
}
