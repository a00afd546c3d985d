package social.dunlin.api.activitypub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import social.dunlin.federation.http.MediaTypes;

/**
 * Whether a request wants the ActivityPub document or the page for people that live at one address, and the answer's
 * headers. Pages under {@code /@name} use it too.
 */
public final class ActivityPubNegotiation {
    private static final String CONTENT_TYPE = MediaTypes.ACTIVITY_JSON + "; charset=utf-8";

    private ActivityPubNegotiation() {
    }

    /**
     * True when the Accept header names an ActivityPub type before HTML. Browsers name HTML first; plain JSON counts as
     * ActivityPub, for nothing else is served as JSON here.
     */
    public static boolean wantsActivity(String accept) {
        if (accept == null) {
            return false;
        }
        for (String range : mediaRanges(accept)) {
            switch (range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)) {
                case "text/html", "application/xhtml+xml" -> {
                    return false;
                }
                case "application/activity+json", "application/ld+json", "application/json" -> {
                    return true;
                }
                default -> { }
            }
        }
        return false;
    }

    /** Split at the commas that stand outside of quotes: a profile may hold one. Once over the text, however it is made. */
    private static List<String> mediaRanges(String accept) {
        List<String> ranges = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int index = 0; index < accept.length(); index++) {
            quoted ^= accept.charAt(index) == '"';
            if (accept.charAt(index) == ',' && !quoted) {
                ranges.add(accept.substring(start, index));
                start = index + 1;
            }
        }
        ranges.add(accept.substring(start));
        return ranges;
    }

    public static Response document(ObjectNode document) {
        return answer(200, document);
    }

    /** A Tombstone: it was here and is deleted for good. */
    public static Response gone(ObjectNode tombstone) {
        return answer(410, tombstone);
    }

    private static Response answer(int status, ObjectNode document) {
        return Response.status(status).type(CONTENT_TYPE).header(HttpHeaders.VARY, "Accept, Signature")
            .header(HttpHeaders.CACHE_CONTROL, "private, max-age=0").entity(document.toString()).build();
    }

    /** To the page for people. */
    public static Response page(String url) {
        return Response.status(302).location(URI.create(url)).header(HttpHeaders.VARY, "Accept").build();
    }
}
