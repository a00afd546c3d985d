package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import social.dunlin.testing.TestPostgres;

/** Every pinned route is really there, none that wants a token is open to nobody known, and none breaks by what it is given. */
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesIT {
    private static final String NO_SUCH_ROUTE = "{\"error\":\"Not found\"}";
    private static final Pattern PARAMETER = Pattern.compile("\\{[^{}:]*(?::((?:[^{}]|\\{[^{}]*\\})*))?\\}");
    private static final String LONG = "x".repeat(700);
    /** As they stand in an address. */
    private static final List<String> TEXTS = List.of("", "%20", "null", "true", "-1", "0", "1e309", "NaN", "%00", "a%00b", "%F0%9F%98%80", "%ED%A0%80", "%FF%FE",
        "%D9%A1%D9%A2%D9%A3", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "99999999999999999999999", "2026-99-99T99:99:99Z",
        "0000-00-00", "%27%3B%20drop%20table%20status%3B%20--", "..%2F..%2Fetc%2Fpasswd", "%3Cscript%3E", "https%3A%2F%2F%5B", "@@@", "%E2%80%AE", "%25", LONG);
    private static final List<String> JSON_VALUES = List.of("null", "true", "-1", "0", "1e400", "99999999999999999999999", "\"\"", "\"a\\u0000b\"", "\"\\ud800\"",
        "\"" + LONG + "\"", "[]", "[null]", "[[[\"a\"]]]", "{}", "{\"a\": {\"b\": [1, {\"c\": null}]}}", "[1, \"two\", {\"three\": 3}]",
        "[" + "1,".repeat(3_000) + "1]", "[".repeat(200) + "]".repeat(200));
    private static final List<String> NO_JSON = List.of("", "nul", "[", "\"text\"", "17", "[1, 2]", "{\"a\": 1", "{\"a\": 1}}", "[".repeat(20_000), "\u0000");

    private Server server;
    private Api anna;

    @BeforeAll
    void start() {
        TestPostgres postgres = TestPostgres.start();
        server = Server.overHttps("alpha.test", postgres.uriOf(postgres.freshDatabase())).with("DUNLIN_LIMITS_ENABLED", "false").start();
        anna = server.newUser("anna");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** A line of the pinned routes. */
    private record Route(String verb, String path, String access) {
        static Stream<Route> all() {
            try {
                return Files.readAllLines(Path.of("src/test/resources/golden/routes.txt")).stream().map(line -> line.split(" {2}"))
                    .map(parts -> new Route(parts[0].substring(0, parts[0].indexOf(' ')), parts[0].substring(parts[0].indexOf(' ') + 1), parts[1]));
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            }
        }

        boolean hasBody() {
            return !verb.equals("GET");
        }

        /** @param value for every parameter of the path */
        String pathWith(String value) {
            return PARAMETER.matcher(path).replaceAll(java.util.regex.Matcher.quoteReplacement(value.isEmpty() ? "%20" : value));
        }

        String samplePath() {
            return PARAMETER.matcher(path).replaceAll(RoutesIT::sample);
        }
    }

    @Test
    void everyRouteAnswersAndNoneIsOpenByMistake() {
        List<String> wrong = new ArrayList<>();
        List<Route> routes = Route.all().toList();
        for (Route route : routes) {
            Api.Answer answer = Api.send(server.anonymous().request(route.samplePath()).header("Accept", "application/json")
                .method(route.verb, route.hasBody() ? BodyPublishers.ofString("") : BodyPublishers.noBody()).build());
            if (answer.body().equals(NO_SUCH_ROUTE) || isBroken(answer) || answer.status() == 405) {
                wrong.add("%s -> %d %s".formatted(route, answer.status(), answer.body()));
            }
            if (route.access.startsWith("USER_TOKEN") && answer.status() != 401) {
                wrong.add("open: %s -> %d".formatted(route, answer.status()));
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(routes.size() > 200, routes.size() + " routes asked");
    }

    /** A value that fits the pattern of a path parameter. */
    private static String sample(MatchResult parameter) {
        String pattern = parameter.group(1) == null ? ".*" : parameter.group(1).strip();
        return Stream.of("1", "2.0", "ungrouped-1", pattern.split("\\|")[0]).filter(value -> value.matches(pattern)).findFirst().orElseThrow();
    }

    private static boolean isBroken(Api.Answer answer) {
        return answer.status() >= 500 && answer.status() != 501;
    }

    /** Wrong types, huge, negative, unicode, nested and repeated: every parameter that any endpoint reads, at every endpoint. */
    @Test
    void fuzzedParametersAreNeverErrorsOfTheServer() throws IOException {
        List<String> names = parameterNames();
        assertTrue(names.size() > 100, names + " are the parameters");
        Random random = new Random(20261126);
        List<String> broken = new ArrayList<>();
        // A stream answers without end.
        Route.all().filter(route -> !route.path.contains("/streaming")).forEach(route -> {
            for (HttpRequest.Builder request : fuzzed(route, names, random)) {
                fault(request.build()).ifPresent(fault -> broken.add("%s: %s".formatted(route, fault)));
            }
        });
        assertEquals(List.of(), broken.stream().limit(40).toList(), broken.size() + " answers");
        assertEquals(200, anna.send("GET", "/api/v1/accounts/verify_credentials", null).status());
    }

    /** An error of the server, or an answer that Mastodon's entities do not allow. */
    private static Optional<String> fault(HttpRequest request) {
        try {
            Api.Answer answer = Api.send(request);
            return isBroken(answer) ? Optional.of("%.300s %s -> %d %s".formatted(request.uri(), request.headers().firstValue("X-Fuzz").orElse(""), answer.status(), answer.body()))
                : Optional.empty();
        } catch (AssertionError otherThanTheContract) {
            return Optional.of("%.1000s".formatted(otherThanTheContract.getMessage()));
        }
    }

    private List<HttpRequest.Builder> fuzzed(Route route, List<String> names, Random random) {
        List<HttpRequest.Builder> requests = new ArrayList<>();
        String path = route.samplePath();
        if (!route.path.equals(path)) {
            some(TEXTS, 14, random).forEach(text -> requests.add(request(route, route.pathWith(text), "", null, "")));
        }
        List<String> forms = List.of("NAME[]=&NAME[]=a", "NAME[a][b][]=1", "NAME=1&NAME=2", "NAME[0]=1&NAME[a]=2&NAME=3");
        if (route.hasBody()) {
            forms.forEach(form -> requests.add(request(route, path, "", "application/x-www-form-urlencoded", all(names, form))));
            some(TEXTS, 8, random).forEach(text -> requests.add(request(route, path, "", "application/x-www-form-urlencoded", all(names, "NAME=" + text))));
            some(JSON_VALUES, 10, random).forEach(value -> requests.add(request(route, path, "", "application/json", json(names, value))));
            some(NO_JSON, 4, random).forEach(text -> requests.add(request(route, path, "", "application/json", text)));
            requests.add(request(route, path, "", "multipart/form-data", "--x\r\n"));
            requests.add(request(route, path, "", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"status\"\r\n\r\nnever ended"));
            requests.add(request(route, path, "", "no type at all", "?"));
        } else {
            some(TEXTS, 10, random).stream().filter(text -> text.length() < 50)
                .forEach(text -> shortQueries(names, "NAME=" + text).forEach(query -> requests.add(request(route, path, query, null, ""))));
            shortQueries(names, forms.get(random.nextInt(forms.size()))).forEach(query -> requests.add(request(route, path, query, null, "")));
        }
        for (int round = 0; round < 6; round++) {
            List<String> some = List.of(names.get(random.nextInt(names.size())), names.get(random.nextInt(names.size())), "status", "limit");
            String text = TEXTS.get(random.nextInt(TEXTS.size()));
            requests.add(route.hasBody() ? request(route, path, "", "application/json", json(some, JSON_VALUES.get(random.nextInt(JSON_VALUES.size()))))
                : request(route, path, all(some, "NAME=" + text), null, ""));
        }
        return requests;
    }

    /** Others at each endpoint, and the same in every run. */
    private static List<String> some(List<String> all, int number, Random random) {
        List<String> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, number);
    }

    private HttpRequest.Builder request(Route route, String path, String query, String contentType, String body) {
        HttpRequest.Builder request = anna.request(path + (query.isEmpty() ? "" : "?" + query)).header("Accept", "application/json");
        if (contentType != null) {
            request.header("Content-Type", contentType).header("X-Fuzz", body.substring(0, Math.min(80, body.length())).replaceAll("[^\\x20-\\x7e]", "."));
        }
        return request.method(route.verb, route.hasBody() ? BodyPublishers.ofString(body) : BodyPublishers.noBody());
    }

    private static String all(List<String> names, String form) {
        return String.join("&", names.stream().map(name -> form.replace("NAME", name)).toList());
    }

    /** Longer ones would be refused (414) before anybody reads them. */
    private static List<String> shortQueries(List<String> names, String form) {
        List<String> queries = new ArrayList<>();
        StringBuilder query = new StringBuilder();
        for (String name : names) {
            if (query.length() > 3_000) {
                queries.add(query.toString());
                query.setLength(0);
            }
            query.append(query.isEmpty() ? "" : "&").append(form.replace("NAME", name));
        }
        queries.add(query.toString());
        return queries;
    }

    private static String json(List<String> names, String value) {
        return "{" + String.join(", ", names.stream().distinct().map(name -> "\"" + name + "\": " + value).toList()) + "}";
    }

    /** What endpoints read, by their source: a new parameter is fuzzed from the day it is there. */
    private static List<String> parameterNames() throws IOException {
        Pattern read = Pattern.compile("(?:parameters|query|form|body|fields|given)\\.[a-zA-Z]+\\(\"([a-z_]+)\"");
        try (Stream<Path> sources = Files.walk(Path.of("..", "api", "src", "main", "java"))) {
            return sources.filter(file -> file.toString().endsWith(".java")).flatMap(file -> {
                try {
                    return read.matcher(Files.readString(file)).results().map(found -> found.group(1));
                } catch (IOException failure) {
                    throw new IllegalStateException(failure);
                }
            }).distinct().sorted().toList();
        }
    }
}
