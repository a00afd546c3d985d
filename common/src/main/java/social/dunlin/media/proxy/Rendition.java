package social.dunlin.media.proxy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import social.dunlin.id.ObjectUri;

/** What is shown of a picture of another server. Whatever is wished, the whole is given as long as there is nothing else. */
public enum Rendition {
    /** As it is. */
    WHOLE(""),
    /** Small enough for a timeline. */
    PREVIEW("preview"),
    /** The first picture of what may move. */
    STILL("still");

    /** The one format of which nothing moves. */
    private static final Pattern STILL_ANYWAY = Pattern.compile("(?i)[^?#]*\\.jpe?g([?#].*)?");

    private final String text;

    Rendition(String text) {
        this.text = text;
    }

    /** As addresses and rows say it; "" for the whole. */
    public String text() {
        return text;
    }

    public static Optional<Rendition> tryParse(String text) {
        return Arrays.stream(values()).filter(rendition -> rendition.text.equals(text)).findFirst();
    }

    /** The one with which the same is seen under an address that browsers know already, where the address tells. */
    public Rendition of(ObjectUri uri) {
        return this == STILL && STILL_ANYWAY.matcher(uri.value()).matches() ? WHOLE : this;
    }
}
