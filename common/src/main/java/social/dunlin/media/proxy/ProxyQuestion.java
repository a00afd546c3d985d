package social.dunlin.media.proxy;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a reader's program asked the proxy, as it came. Nothing of it is passed on but the range.
 *
 * @param url       decoded once, as are {@code of} and {@code signature}; empty when absent
 * @param rendition what is wished of it
 * @param range     the header, null when absent; as the next two
 * @param condition If-Range
 * @param known     If-None-Match
 */
public record ProxyQuestion(String url, String of, Rendition rendition, String signature, String range, String condition, String known) {
    private static final Pattern ONE_RANGE = Pattern.compile("bytes=(\\d{1,18}-(\\d{1,18})?|-\\d{1,18})");

    /** One range of bytes; several, or what is none, are as good as no range (RFC 9110 §14.2). */
    Optional<String> oneRange() {
        return Optional.ofNullable(range).map(String::strip).filter(text -> ONE_RANGE.matcher(text).matches());
    }

    /** What the range means of so many bytes; nothing when it means none of them. */
    static Optional<Slice> slice(String oneRange, long size) {
        String[] ends = oneRange.substring("bytes=".length()).split("-", -1);
        long first = ends[0].isEmpty() ? Math.max(0, size - Long.parseLong(ends[1])) : Long.parseLong(ends[0]);
        long last = ends[0].isEmpty() || ends[1].isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(ends[1]));
        return first > last ? Optional.empty() : Optional.of(new Slice(first, last - first + 1));
    }

    record Slice(long offset, long length) {
    }

    /** The same for all of it. */
    ProxyQuestion whole() {
        return new ProxyQuestion(url, of, rendition, signature, null, null, known);
    }

    boolean knows(String tag) {
        return known != null && tag != null && (known.strip().equals("*") || known.contains(tag));
    }
}
