package social.dunlin.text;

import java.util.Locale;
import java.util.Set;

/** Which addresses from elsewhere may become a link, and in which form. */
public final class SafeUrl {
    private static final Set<String> LINK_SCHEMES = Set.of("http", "https", "dat", "dweb", "ipfs", "ipns", "ssb",
            "gopher", "xmpp", "magnet", "gemini");
    private static final int MAXIMUM_LENGTH = 4096;

    private SafeUrl() {
    }

    /** An absolute address a reader may follow from inside a post, or null. */
    public static String link(String url) {
        String clean = clean(url);
        String scheme = clean == null ? null : scheme(clean);
        if (scheme == null || !LINK_SCHEMES.contains(scheme)) {
            return null;
        }
        return scheme.startsWith("http") ? http(clean) : clean;
    }

    /** An absolute {@code http} or {@code https} address with a host, for pages, pictures, attachments; or null. */
    public static String http(String url) {
        String clean = clean(url);
        String scheme = clean == null ? null : scheme(clean);
        if (scheme == null || !scheme.equals("http") && !scheme.equals("https")) {
            return null;
        }
        int host = scheme.length() + 3;
        boolean hasHost = clean.startsWith("://", scheme.length()) && clean.length() > host
                && "/?#\\:@".indexOf(clean.charAt(host)) < 0;
        return hasHost ? clean : null;
    }

    /** As browsers read it: no white space around, no tabs and newlines within; null when other controls are inside. */
    private static String clean(String url) {
        if (url == null || url.length() > MAXIMUM_LENGTH) {
            return null;
        }
        StringBuilder clean = new StringBuilder(url.length());
        String stripped = url.strip();
        for (int index = 0; index < stripped.length(); index++) {
            char character = stripped.charAt(index);
            if (character == '\t' || character == '\n' || character == '\r') {
                continue;
            }
            if (Character.isISOControl(character) || Character.isSurrogate(character) && !paired(stripped, index)) {
                return null;
            }
            clean.append(character);
        }
        return clean.toString();
    }

    private static boolean paired(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
                : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }

    private static String scheme(String url) {
        int colon = url.indexOf(':');
        if (colon <= 0) {
            return null;
        }
        for (int index = 0; index < colon; index++) {
            char character = url.charAt(index);
            boolean letter = character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
            boolean later = character >= '0' && character <= '9' || "+.-".indexOf(character) >= 0;
            if (!letter && !(later && index > 0)) {
                return null;
            }
        }
        return url.substring(0, colon).toLowerCase(Locale.ROOT);
    }
}
