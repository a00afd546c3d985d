package social.dunlin.federation.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Undoes the one content encoding we ask for, counting what comes out: a small answer may be a very large document. */
final class ContentDecoder {
    private ContentDecoder() {
    }

    static byte[] decode(byte[] body, List<String> contentEncoding, int maximumBytes) {
        return switch (String.join(",", contentEncoding).strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> body;
            case "gzip", "x-gzip" -> body.length == 0 ? body : inflate(body, maximumBytes);
            default -> throw new FetchException.WrongType();
        };
    }

    private static byte[] inflate(byte[] body, int maximumBytes) {
        try (InputStream inflated = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] decoded = inflated.readNBytes(maximumBytes + 1);
            if (decoded.length > maximumBytes) {
                throw new FetchException.TooLarge();
            }
            return decoded;
        } catch (IOException broken) {
            throw new FetchException.Unreachable("the other server's answer is broken", broken);
        }
    }

    /** For bodies that were cut off: as much as can be had. */
    static byte[] decodeLeniently(byte[] body, List<String> contentEncoding, int maximumBytes) {
        if (contentEncoding.isEmpty()) {
            return body;
        }
        try {
            return decode(body, contentEncoding, maximumBytes);
        } catch (FetchException unreadable) {
            return Arrays.copyOf(body, 0);
        }
    }
}
