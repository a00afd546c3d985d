package social.dunlin.api.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where to go after log-in: a path of this server, never another place that somebody wrote into a link. */
public final class ReturnPath {
    private static final String HOME = "/";

    private ReturnPath() {
    }

    /** The path when it is one of ours, else the start page. Browsers read a backslash as a slash and skip control characters. */
    public static String of(Optional<String> wanted) {
        return wanted.filter(path -> path.startsWith("/") && !path.startsWith("//") && path.indexOf('\\') < 0
            && path.chars().allMatch(character -> character > ' ' && character < 127)).orElse(HOME);
    }

    public static String encoded(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8);
    }
}
