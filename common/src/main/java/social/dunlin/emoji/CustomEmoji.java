package social.dunlin.emoji;

/**
 * A picture with a short code.
 *
 * @param host      handle domain of its server; empty = ours
 * @param shortcode without colons
 * @param staticUrl a still of {@code url}
 * @param category  heading in the picker; null = none
 * @param visible   whether the picker offers it
 */
public record CustomEmoji(String host, String shortcode, String url, String staticUrl, String category, boolean visible) {
    /** What identifies an emoji. Local authors use host "". */
    public record Key(String host, String shortcode) {
    }

    public Key key() {
        return new Key(host, shortcode);
    }
}
