package social.dunlin.federation.http;

import java.nio.charset.StandardCharsets;
import social.dunlin.id.ObjectUri;

/**
 * @param uri where the answer came from in the end; the {@code id} of a fetched document must equal it, for a redirecting
 *     host could otherwise pose as the first one
 * @param body decompressed; for answers to POST and for errors cut off at 64 KB
 */
public record FetchResponse(ObjectUri uri, int status, ResponseHeaders headers, byte[] body) {
    public String contentType() {
        return headers.first("Content-Type").orElse("");
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
