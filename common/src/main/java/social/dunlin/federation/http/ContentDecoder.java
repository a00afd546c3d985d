package social.dunlin.federation.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
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

    /** The first bytes of a body that may have been cut off on its way. */
    static byte[] decodeBeginning(byte[] body, List<String> contentEncoding, int maximumBytes) {
        if (contentEncoding.isEmpty()) {
            return body;
        }
        if (contentEncoding.size() > 1 || !contentEncoding.getFirst().strip().toLowerCase(Locale.ROOT).matches("(x-)?gzip")) {
            throw new FetchException.WrongType();
        }
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        try (InputStream inflated = new GZIPInputStream(new ByteArrayInputStream(body))) {
            for (int read = inflated.read(part); read >= 0 && decoded.size() < maximumBytes; read = inflated.read(part)) {
                decoded.write(part, 0, Math.min(read, maximumBytes - decoded.size()));
            }
        } catch (IOException cutOff) {
            // What came before is what there is.
        }
        return decoded.toByteArray();
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
