package org.gatehouse.cluster;

/**
 * Where a verdict is awaited.
 *
 * @param partition of the topic verdict-replies, read by the instance that waits
 * @param correlation unique among the waits of that instance
 */
public record ReplyTo(int partition, String correlation) {

    /** Reads the form of {@link #toString()}. */
    public static ReplyTo parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new UnreadableRecord("no reply address: " + text);
        }
        try {
            return new ReplyTo(Integer.parseInt(text.substring(0, colon)), text.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw new UnreadableRecord("no reply address: " + text, e);
        }
    }

    @Override
    public String toString() {
        return partition + ":" + correlation;
    }
}
