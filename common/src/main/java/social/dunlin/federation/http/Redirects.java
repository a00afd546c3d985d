package social.dunlin.federation.http;

import java.util.Optional;
import java.util.regex.Pattern;
import social.dunlin.id.ObjectUri;

/** Reads a Location header against the address it came from; whatever is not http(s) in the end gives nothing. */
final class Redirects {
    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    private Redirects() {
    }

    static boolean isRedirect(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    static Optional<ObjectUri> resolve(ObjectUri from, String location) {
        return ObjectUri.tryParse(absolute(from, location.strip())).map(ObjectUri::withoutFragment);
    }

    private static String absolute(ObjectUri from, String location) {
        String target = from.requestTarget();
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        if (SCHEME.matcher(location).matches()) {
            return location;
        }
        if (location.startsWith("//")) {
            return (from.isHttps() ? "https:" : "http:") + location;
        }
        if (location.startsWith("/")) {
            return from.origin() + location;
        }
        return location.startsWith("?")
                ? from.origin() + path + location
                : from.origin() + path.substring(0, path.lastIndexOf('/') + 1) + location;
    }
}
