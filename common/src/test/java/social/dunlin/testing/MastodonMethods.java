package social.dunlin.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The methods of Mastodon's client API as the shared reference lists them (mastodon-api-methods.tsv), and what each answers. */
public final class MastodonMethods {
    private static final Pattern NAMES = Pattern.compile("[A-Z][A-Za-z0-9]*(?:::[A-Z][A-Za-z0-9]*)*");
    /** Extensions of others and pages for browsers are listed there too, but are no part of it. */
    private static final Set<String> ELSEWHERE = Set.of("wellknown/web", "extension (akkoma/pleroma)", "extension (glitch-soc)", "extension (gotosocial)");

    public static final List<Method> ALL = read();

    private MastodonMethods() {
    }

    /** @param path with parameters as {@code :name}; @param response in the words of the reference */
    public record Method(String verb, String path, String deprecated, String response, String group) {
        public List<String> segments() {
            return List.of(path.substring(1).split("/"));
        }

        private boolean matches(String asked) {
            List<String> wanted = segments();
            List<String> given = List.of(asked.replaceFirst("^/", "").split("/"));
            return wanted.size() == given.size() && IntStream.range(0, wanted.size())
                .allMatch(index -> wanted.get(index).startsWith(":") || wanted.get(index).equals(given.get(index)));
        }

        private long parameters() {
            return segments().stream().filter(segment -> segment.startsWith(":")).count();
        }

        @Override
        public String toString() {
            return verb + " " + path;
        }
    }

    /** The method a request is for; PUT and PATCH are one where only one is listed (behaviours §3). */
    public static Optional<Method> of(String verb, String path) {
        return ALL.stream().filter(method -> verb.equals(method.verb) || isChange(verb) && isChange(method.verb))
            .filter(method -> method.matches(path))
            .min(Comparator.comparingLong(Method::parameters));
    }

    private static boolean isChange(String verb) {
        return verb.equals("PUT") || verb.equals("PATCH");
    }

    /**
     * What is wrong with an answer to a method of this API; empty also when it is none, or answers no JSON that the
     * reference describes.
     */
    public static List<String> problems(String verb, String path, int status, JsonNode json) {
        return of(verb, path).map(method -> problems(method, status, json)).orElse(List.of());
    }

    private static List<String> problems(Method method, int status, JsonNode json) {
        if (!isDescribed(method) || status >= 300 && status < 400) {
            return List.of();
        }
        if (json == null || json.isMissingNode()) {
            return List.of("no JSON");
        }
        return status >= 400 ? problems("Error", json) : answer(method.response, json);
    }

    /** Pages and streams are not. */
    private static boolean isDescribed(Method method) {
        return method.response.matches("(Empty|Map of timeline|Array of ).*")
            || NAMES.matcher(method.response).results().anyMatch(name -> EntityContract.knows(name.group()));
    }

    /** @param response such as {@code Array of Status}, {@code Empty}, {@code Status, or ScheduledStatus if …} */
    private static List<String> answer(String response, JsonNode json) {
        if (response.equals("Empty")) {
            return json.isObject() && json.isEmpty() ? List.of() : List.of("Something instead of {}: " + json);
        }
        if (response.startsWith("Status with text")) {
            return EntityContract.problemsWithout(Set.of("content"), "Status", json);
        }
        if (response.equals("Search (hashtags as plain strings)")) {
            return Stream.of(list("Account", json.path("accounts")), list("Status", json.path("statuses")), list("String", json.path("hashtags")))
                .flatMap(List::stream).toList();
        }
        if (response.startsWith("Array of ")) {
            return list(response.substring("Array of ".length()), json);
        }
        if (response.startsWith("Map of timeline")) {
            List<String> problems = new ArrayList<>();
            json.properties().forEach(entry -> problems.addAll(problems("Marker", entry.getValue())));
            return problems;
        }
        String[] either = response.replaceFirst(" \\(.*", "").split(", or | if ");
        List<String> problems = List.of();
        for (String name : either) {
            if (EntityContract.knows(name)) {
                problems = problems(name, json);
                if (problems.isEmpty()) {
                    return problems;
                }
            }
        }
        return problems;
    }

    private static List<String> list(String element, JsonNode json) {
        if (!json.isArray()) {
            return List.of(json.getNodeType() + " instead of a list");
        }
        String name = element.replaceFirst(" \\(.*", "");
        List<String> problems = new ArrayList<>();
        for (JsonNode each : json) {
            if (name.equals("String") && !each.isTextual()) {
                problems.add(each + " is no text");
            } else if (EntityContract.knows(name)) {
                problems.addAll(problems(name, each));
            }
        }
        return problems;
    }

    private static List<String> problems(String entity, JsonNode json) {
        return EntityContract.problems(entity, json);
    }

    private static List<Method> read() {
        try (var lines = Files.lines(Path.of(System.getProperty("dunlin.test.shared"), "reference", "mastodon-api-methods.tsv"))) {
            return lines.skip(1).map(line -> line.split("\t", -1)).filter(columns -> !ELSEWHERE.contains(columns[7]))
                .map(columns -> new Method(columns[0], columns[1], columns[3], columns[6], columns[7])).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
