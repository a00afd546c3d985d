package social.dunlin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import social.dunlin.Routes.Route;
import social.dunlin.testing.GoldenFile;
import social.dunlin.testing.MastodonMethods;
import social.dunlin.testing.MastodonMethods.Method;

/** Which methods of Mastodon's client API are built: docs/mastodon-api.md, written from the routes themselves. */
class MethodsOfMastodonTest {
    private static final Pattern PARAMETER = Pattern.compile("\\{[^:}]*(?::\\s*(.*))?\\}");
    private static final Pattern BETWEEN_SEGMENTS = Pattern.compile("/(?![^{]*\\})");
    private static final List<String> SAMPLES = List.of("1", "ungrouped-1", "2026-01-02", "name");

    @Test
    void theTableOfMethodsIsTrue() {
        List<Route> routes = Routes.all().toList();
        List<Method> methods = MastodonMethods.ALL;
        long built = methods.stream().filter(method -> isBuilt(method, routes)).count();
        System.out.printf("Mastodon's client API: %d of %d methods%n", built, methods.size());
        StringBuilder table = new StringBuilder("""
            # Mastodon's client API

            Which of its methods Dunlin answers; written by `MethodsOfMastodonTest` from the routes. Tests hold each answer to
            Mastodon's entities: every field there, of its type, null only where Mastodon's may be. All others answer 404.

            **%d of %d methods.**

            | group | method | built |
            | --- | --- | --- |
            """.formatted(built, methods.size()));
        methods.forEach(method -> table.append("| %s | `%s`%s | %s |%n".formatted(method.group(), method,
            method.deprecated().equals("n") ? "" : method.deprecated().equals("y") ? " (deprecated)" : " (removed from Mastodon)",
            isBuilt(method, routes) ? "yes" : whyNot(method))));
        GoldenFile.checkFile(Path.of("..", "docs", "mastodon-api.md"), table.toString());
    }

    /** The reference is read whole: a change of its form must not pass for a change of the score. */
    @Test
    void theReferenceHasItsMethods() {
        assertEquals(292, MastodonMethods.ALL.size());
        assertEquals("POST /api/v1/accounts/:id/pin", MastodonMethods.of("POST", "/api/v1/accounts/12/pin").orElseThrow().toString());
        assertEquals("GET /api/v1/accounts/lookup", MastodonMethods.of("GET", "/api/v1/accounts/lookup").orElseThrow().toString());
    }

    /** What is not built answers 404. */
    private static String whyNot(Method method) {
        return switch (method.group()) {
            case "admin" -> "not yet";
            case "web-internal" -> "no: for Mastodon's own pages";
            case "donation_campaigns" -> "no: Mastodon has none either unless its operator names a service for them";
            case "accounts" -> "no: off in Mastodon too unless its operator wishes it";
            default -> "no";
        };
    }

    private static boolean isBuilt(Method method, List<Route> routes) {
        return routes.stream().anyMatch(route -> verbs(method.verb()).anyMatch(route.verb()::equals) && matches(route.path(), method.segments()));
    }

    /** {@code PatchAsPut} lets routes of PUT answer PATCH. */
    private static Stream<String> verbs(String verb) {
        return verb.equals("PATCH") ? Stream.of("PATCH", "PUT") : Stream.of(verb);
    }

    private static boolean matches(String route, List<String> wanted) {
        String[] segments = BETWEEN_SEGMENTS.split(route.substring(1));
        return segments.length == wanted.size() && IntStream.range(0, segments.length).allMatch(index -> matches(segments[index], wanted.get(index)));
    }

    /** A fixed name of the reference is not built by a route that takes anything in its place. */
    private static boolean matches(String segment, String wanted) {
        Matcher parameter = PARAMETER.matcher(segment);
        if (!parameter.matches()) {
            return segment.equals(wanted);
        }
        String pattern = parameter.group(1);
        return wanted.startsWith(":") ? pattern == null || SAMPLES.stream().anyMatch(sample -> sample.matches(pattern))
            : pattern != null && wanted.matches(pattern);
    }
}
