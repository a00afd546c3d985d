package social.dunlin.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Mastodon's entities as the shared reference describes them (mastodon-api-entities.json): which fields there must be,
 * of which type, whether they may be null, and which values an enumeration has. Fields the reference does not know are
 * a problem too, but for the extensions named here.
 */
public final class EntityContract {
    private static final JsonNode REFERENCE = reference();
    private static final Map<String, Shape> SHAPES = new ConcurrentHashMap<>();
    private static final Pattern STEP = Pattern.compile("\\[\\]|\\[([^\\]]+)\\]|\\.?([^\\[.]+)");
    private static final Pattern ARRAY = Pattern.compile("array<(.+)>");
    private static final Pattern LANGUAGE = Pattern.compile("|[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");
    private static final Pattern HTTP_URL = Pattern.compile("(https?|wss?|urn|[a-z][a-z0-9+.-]*):.+", Pattern.DOTALL);

    /** Not in the reference, sent on purpose. */
    private static final Set<String> EXTENSIONS = Set.of("pleroma", "akkoma", "emoji_reactions", "local_only", "content_type",
        "supported_mime_types", "status_content_type", "details", "quoted_status_id", "quote_approval_policy",
        // Of Mastodon's own annual report, which its documentation describes in part.
        "time_series", "top_hashtags",
        // Of a post that mentions others than its client expected.
        "unexpected_accounts");
    /** The old form carries the whole block of the new one. */
    private static final String WITH_MORE = "V1::Instance.configuration";
    /** Mastodon sends a number here although it is an id. */
    private static final Set<String> NUMBERS = Set.of("NotificationGroup.most_recent_notification_id");
    /** Our own visibilities and such that clients take for the nearest one they know. */
    private static final Map<String, Set<String>> OWN_VALUES = Map.of("Status.visibility", Set.of("local", "local-unlisted"),
        // What Notification has had since 4.6 is missing from the list of its groups.
        "NotificationGroup.type", Set.of("added_to_collection", "collection_update"));

    /** Holds the keys its client set, no others. */
    private static final String AS_ASKED = "WebPushSubscription.alerts";
    /** Mastodon sends nothing as an empty text there. */
    private static final Set<String> EMPTY_URLS = Set.of("PreviewCard.embed_url", "PreviewCard.author_url", "PreviewCard.provider_url");

    /** What there is nothing to say about until it is built; whoever builds it takes its line out. */
    private static final Set<String> NULL_SO_FAR = Set.of("Instance.source_url", "Instance.configuration[urls][streaming]",
        "Instance.configuration[vapid][public_key]", "V1::Instance.urls[streaming_api]");

    private EntityContract() {
    }

    /** What a value is to be. {@code steps}: its members by name, {@code []} for the elements of a list. */
    private record Shape(String name, String type, boolean nullable, boolean optional, Set<String> values, Map<String, Shape> members) {
        Shape(String name) {
            this(name, "object", false, false, Set.of(), new LinkedHashMap<>());
        }
    }

    public static boolean knows(String entity) {
        return REFERENCE.has(entity) && !entity.startsWith("_");
    }

    /** Fails with everything that is wrong with it. */
    public static void assertEntity(String entity, JsonNode json) {
        assertEquals(List.of(), problems(entity, json), () -> entity + " " + json);
    }

    /** As {@link #assertEntity}, and every optional field is there as well but for those named. */
    public static void assertComplete(String entity, JsonNode json, Set<String> leftOut) {
        assertEntity(entity, json);
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : REFERENCE.path(entity).path("fields").properties()) {
            String pointer = "/" + field.getKey().replace("[]", "[0]").replace("[", "/").replace("]", "");
            if (!leftOut.contains(field.getKey()) && json.at(pointer).isMissingNode()) {
                missing.add(field.getKey());
            }
        }
        assertEquals(List.of(), missing);
    }

    /** What is wrong with it, each with the place; empty when nothing is. */
    public static List<String> problems(String entity, JsonNode json) {
        List<String> problems = new ArrayList<>();
        entity(entity, json, entity, Set.of(), problems);
        return problems;
    }

    /** The same but for fields that this answer leaves out. */
    public static List<String> problemsWithout(Set<String> leftOut, String entity, JsonNode json) {
        List<String> problems = new ArrayList<>();
        entity(entity, json, entity, leftOut, problems);
        return problems;
    }

    private static void entity(String entity, JsonNode json, String place, Set<String> leftOut, List<String> problems) {
        if (!knows(entity)) {
            throw new IllegalArgumentException("The reference has no " + entity);
        }
        members(shape(entity), json, place, leftOut, problems);
    }

    private static Shape shape(String entity) {
        Shape known = SHAPES.get(entity);
        if (known == null) {
            known = new Shape(entity);
            addFields(known, entity);
            SHAPES.put(entity, known);
        }
        return known;
    }

    private static void addFields(Shape shape, String entity) {
        JsonNode description = REFERENCE.get(entity);
        Optional.ofNullable(description.get("extends")).ifPresent(parent -> addFields(shape, parent.asText()));
        // "params[poll][options[]]" is a list too, which its type says once more.
        description.path("fields").properties().forEach(field -> add(shape, field.getKey().replace("[]]", "]"), field.getValue()));
    }

    /** {@code source[privacy]}, {@code history[][day]}, {@code poll.options[].title}. */
    private static void add(Shape root, String path, JsonNode description) {
        List<String> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        while (matcher.find()) {
            steps.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2) != null ? matcher.group(2) : "[]");
        }
        if (steps.getLast().equals("[]")) {
            steps.removeLast();
        }
        Shape at = root;
        for (String step : steps.subList(0, steps.size() - 1)) {
            String owner = at.name;
            at = at.members.computeIfAbsent(step, name -> new Shape(owner + "." + name));
        }
        Set<String> values = new HashSet<>();
        description.path("enum").forEach(value -> values.add(value.asText()));
        String name = root.name + "." + path;
        values.addAll(values.isEmpty() ? Set.of() : OWN_VALUES.getOrDefault(name, Set.of()));
        Shape former = at.members.get(steps.getLast());
        boolean gone = description.has("removed");
        boolean nullable = description.path("nullable").asBoolean() || gone || NULL_SO_FAR.contains(name);
        at.members.put(steps.getLast(), new Shape(name, description.get("type").asText(), nullable,
            description.path("optional").asBoolean() || gone, values, former == null ? new LinkedHashMap<>() : former.members));
    }

    private static void members(Shape shape, JsonNode json, String place, Set<String> leftOut, List<String> problems) {
        if (!json.isObject()) {
            problems.add("%s: %s instead of an object".formatted(place, json.getNodeType()));
            return;
        }
        shape.members.forEach((name, member) -> {
            JsonNode value = json.get(name);
            if (value != null) {
                value(member, value, place + "." + name, problems);
            } else if (!member.optional && !leftOut.contains(name) && !name.equals("[]") && !shape.name.equals(AS_ASKED)) {
                problems.add("%s.%s is missing".formatted(place, name));
            }
        });
        if (!shape.members.isEmpty() && !shape.name.startsWith(WITH_MORE)) {
            json.fieldNames().forEachRemaining(name -> {
                if (!shape.members.containsKey(name) && !EXTENSIONS.contains(name)) {
                    problems.add("%s.%s is nothing the reference knows".formatted(place, name));
                }
            });
        }
    }

    private static void value(Shape shape, JsonNode value, String place, List<String> problems) {
        if (value.isNull()) {
            if (!shape.nullable && !shape.type.equals("null")) {
                problems.add(place + " is null");
            }
            return;
        }
        typed(shape, shape.type, value, place, problems);
    }

    private static void typed(Shape shape, String type, JsonNode value, String place, List<String> problems) {
        Matcher array = ARRAY.matcher(type);
        if (array.matches()) {
            elements(shape, array.group(1), value, place, problems);
        } else if (type.equals("object")) {
            members(shape, value, place, Set.of(), problems);
        } else if (type.equals("Quote|ShallowQuote")) {
            entity(value.has("quoted_status_id") ? "ShallowQuote" : "Quote", value, place, Set.of(), problems);
        } else if (knows(type)) {
            // Inside of a result stands the filter without its keywords; they are optional, so nothing else differs.
            entity(type, value, place, Set.of(), problems);
        } else if (!fits(shape, type, value)) {
            problems.add("%s: %s is no %s%s".formatted(place, value, type, shape.values.isEmpty() ? "" : " of " + shape.values));
        }
    }

    private static void elements(Shape shape, String type, JsonNode value, String place, List<String> problems) {
        if (!value.isArray()) {
            problems.add("%s: %s instead of a list".formatted(place, value.getNodeType()));
            return;
        }
        Shape inner = shape.members.getOrDefault("[]", shape);
        for (int index = 0; index < value.size(); index++) {
            typed(inner, type, value.get(index), "%s[%d]".formatted(place, index), problems);
        }
    }

    private static boolean fits(Shape shape, String type, JsonNode value) {
        return switch (type) {
            case "id" -> NUMBERS.contains(shape.name) ? value.isIntegralNumber() : value.isTextual() && value.asText().matches("-?[0-9]{1,19}");
            case "string", "html", "email", "ip", "blurhash", "sha256hex" -> value.isTextual();
            case "string(int)", "string(unix)" -> value.isTextual() && value.asText().matches("-?[0-9]+");
            case "url" -> value.isTextual() && (value.asText().isEmpty() && EMPTY_URLS.contains(shape.name) || HTTP_URL.matcher(value.asText()).matches());
            case "bool" -> value.isBoolean();
            case "int", "int(unix)" -> value.isIntegralNumber();
            case "float", "number" -> value.isNumber();
            case "enum" -> value.isTextual() && (shape.values.isEmpty() || shape.values.contains(value.asText()));
            case "language" -> value.isTextual() && LANGUAGE.matcher(value.asText()).matches();
            case "datetime" -> value.isTextual() && isTime(value.asText());
            case "date" -> value.isTextual() && isDate(value.asText());
            case "date|datetime" -> value.isTextual() && (isTime(value.asText()) || isDate(value.asText()));
            case "null" -> false;
            default -> throw new IllegalStateException("Unknown type in the reference: " + type + " of " + shape.name);
        };
    }

    /** With milliseconds; {@code Field.verified_at} has an offset instead of Z (behaviours §5). */
    private static boolean isTime(String text) {
        if (!text.matches(".+T..:..:..\\.[0-9]{3}(Z|\\+00:00)")) {
            return false;
        }
        try {
            Instant.parse(text.replace("+00:00", "Z"));
            return true;
        } catch (DateTimeParseException failure) {
            return false;
        }
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeParseException failure) {
            return false;
        }
    }

    private static JsonNode reference() {
        try {
            return new ObjectMapper().readTree(Files.readString(Path.of(System.getProperty("dunlin.test.shared"), "reference", "mastodon-api-entities.json")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
