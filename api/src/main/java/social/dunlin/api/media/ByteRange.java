package social.dunlin.api.media;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file, as asked for with {@code Range} (RFC 9110 §14).
 *
 * @param first offset of its first byte
 * @param last  of its last, within the file
 */
public record ByteRange(long first, long last) {
    private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** What a header asks for. */
    public sealed interface Asked {
        /** There is no header, or one that need not be understood, as with several ranges. */
        record Everything() implements Asked {
        }

        record Part(ByteRange range) implements Asked {
        }

        record OutOfFile() implements Asked {
        }
    }

    public long length() {
        return last - first + 1;
    }

    /** @param header may be null; @param size of the whole file */
    public static Asked of(String header, long size) {
        Matcher matcher = SINGLE.matcher(Optional.ofNullable(header).orElse("").strip());
        if (!matcher.matches() || matcher.group(1).isEmpty() && matcher.group(2).isEmpty()) {
            return new Asked.Everything();
        }
        if (matcher.group(1).isEmpty()) {
            long suffix = Math.min(Long.parseLong(matcher.group(2)), size);
            return suffix == 0 ? new Asked.OutOfFile() : new Asked.Part(new ByteRange(size - suffix, size - 1));
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(matcher.group(2)), size - 1);
        if (!matcher.group(2).isEmpty() && Long.parseLong(matcher.group(2)) < first) {
            return new Asked.Everything();
        }
        return first >= size ? new Asked.OutOfFile() : new Asked.Part(new ByteRange(first, last));
    }
}
