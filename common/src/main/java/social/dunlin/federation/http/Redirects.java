package social.dunlin.federation.http;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import social.dunlin.id.ObjectUri;

/** Reads a Location header against the address it came from; whatever is not http(s) in the end gives nothing. */
final class Redirects {
    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    private static final int MAXIMUM = 3;

    private Redirects() {
    }

    /** Asks one address. */
    @FunctionalInterface
    interface Asking<T> {
        Hop<T> ask(ObjectUri current, Optional<ObjectUri> cameFrom);
    }

    /** What came of it: the answer, or where else to look. */
    record Hop<T>(T answer, String location) {
        static <T> Hop<T> arrived(T answer) {
            return new Hop<>(answer, null);
        }

        /** @throws FetchException.BadStatus when this is no redirect */
        static <T> Hop<T> sentOn(int status, ResponseHeaders headers) {
            return new Hop<>(null, headers.first("Location").filter(location -> isRedirect(status))
                .orElseThrow(() -> new FetchException.BadStatus(status, headers)));
        }
    }

    /** Asks on until there is an answer, three times at most and never the same address twice. */
    static <T> T follow(ObjectUri start, Asking<T> asking) {
        Set<String> visited = new HashSet<>();
        ObjectUri current = start;
        Optional<ObjectUri> cameFrom = Optional.empty();
        while (true) {
            if (!visited.add(current.value()) || visited.size() > MAXIMUM + 1) {
                throw new FetchException.Refused("the other server redirects too often");
            }
            Hop<T> hop = asking.ask(current, cameFrom);
            if (hop.location() == null) {
                return hop.answer();
            }
            cameFrom = Optional.of(current);
            current = resolve(current, hop.location())
                    .orElseThrow(() -> new FetchException.Refused("the other server redirects to no web address"));
        }
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
