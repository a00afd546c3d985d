package social.dunlin.api.request;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Typed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import social.dunlin.paging.Page;
import social.dunlin.refusal.Refusal;

/**
 * What a client sent: query and body (urlencoded, multipart or JSON) merged, the body winning, read by
 * Mastodon's rules (reference: behaviours §3). Unknown parameters are ignored; a scalar where a list is
 * wanted is a list of one; an object with keys "0", "1" … is a list.
 */
@RequestScoped
@Typed(Parameters.class)
public class Parameters {
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "off", "OFF");

    private Map<String, Object> values;

    Parameters() {
        this(Map.of());
    }

    private Parameters(Map<String, Object> values) {
        this.values = values;
    }

    /** For tests and for code that has no request: the same reading over given values. */
    public static Parameters of(Map<String, Object> values) {
        return new Parameters(values);
    }

    void fill(Map<String, Object> read) {
        values = read;
    }

    /** True when the name was sent, even with an empty value: missing and empty differ. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** The names sent at this level. */
    public Set<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** The text, which may be empty; nothing when missing, null, or not a text, number or boolean. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(scalar(values.get(name)));
    }

    /** The text; refuses with 400 when it is missing or blank. */
    public String requiredText(String name) {
        return text(name).filter(text -> !text.isBlank())
            .orElseThrow(() -> Refusal.badRequest("param is missing or the value is empty: " + name));
    }

    /** Rails' boolean: 0, f, false, off are false, empty is not given, anything else is true ("no" too). */
    public Optional<Boolean> flag(String name) {
        return text(name).filter(text -> !text.isEmpty()).map(text -> !FALSE.contains(text));
    }

    public boolean flag(String name, boolean fallback) {
        return flag(name).orElse(fallback);
    }

    /**
     * An id, given as text or number. Missing or empty gives nothing; what is no number gives 0, an id that
     * nothing has, so that it is "not found" instead of silently ignored.
     */
    public Optional<Long> id(String name) {
        return text(name).filter(text -> !text.isBlank()).map(Parameters::parseId);
    }

    /** Ids in the order given; what is no number gives 0. */
    public List<Long> ids(String name) {
        return texts(name).stream().filter(text -> !text.isBlank()).map(Parameters::parseId).toList();
    }

    /** All texts of a list, empty ones included. */
    public List<String> texts(String name) {
        return elements(values.get(name)).map(Parameters::scalar).filter(Objects::nonNull).toList();
    }

    /** A whole number as Ruby reads it: leading digits, else 0; out of range is cut. Missing or empty gives nothing. */
    public Optional<Integer> number(String name) {
        return text(name).filter(text -> !text.isBlank()).map(Parameters::leadingNumber);
    }

    /** A nested object; empty when missing or something else. */
    public Parameters at(String name) {
        return new Parameters(values.get(name) instanceof Map<?, ?> map ? object(map) : Map.of());
    }

    /** A list of objects, also when sent as an index map; other elements are left out. */
    public List<Parameters> objects(String name) {
        return elements(values.get(name)).filter(Map.class::isInstance).map(element -> new Parameters(object((Map<?, ?>) element))).toList();
    }

    /** A file of a multipart body. */
    public Optional<Upload> file(String name) {
        return values.get(name) instanceof Upload upload ? Optional.of(upload) : Optional.empty();
    }

    /** The page asked for. {@code limit} over the maximum is cut, never refused; negative becomes positive; text becomes 0. */
    public Page page(int defaultLimit, int maximum) {
        int limit = number("limit").map(given -> (int) Math.min(Math.abs((long) given), maximum)).orElse(defaultLimit);
        return new Page(id("max_id").orElse(null), id("since_id").orElse(null), id("min_id").orElse(null), limit);
    }

    @PreDestroy
    void deleteFiles() {
        deleteFiles(values.values());
    }

    static void deleteFiles(Collection<?> parts) {
        for (Object part : parts) {
            switch (part) {
                case Upload upload -> delete(upload);
                case Map<?, ?> map -> deleteFiles(map.values());
                case List<?> list -> deleteFiles(list);
                case null, default -> { }
            }
        }
    }

    private static void delete(Upload upload) {
        try {
            Files.deleteIfExists(upload.file());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Stream<?> elements(Object value) {
        return switch (value) {
            case null -> Stream.of();
            case List<?> list -> list.stream();
            case Map<?, ?> map -> map.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> leadingNumber(entry.getKey().toString()))).map(Map.Entry::getValue);
            default -> Stream.of(value);
        };
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    /** PostgreSQL cannot store U+0000, so it never gets past here. */
    private static String scalar(Object value) {
        return switch (value) {
            case String text -> text.indexOf(0) < 0 ? text : text.replace("\0", "");
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            case null, default -> null;
        };
    }

    private static long parseId(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException failure) {
            return 0;
        }
    }

    private static int leadingNumber(String text) {
        String stripped = text.strip();
        int end = stripped.startsWith("-") || stripped.startsWith("+") ? 1 : 0;
        int start = end;
        while (end < stripped.length() && stripped.charAt(end) >= '0' && stripped.charAt(end) <= '9') {
            end++;
        }
        if (end == start) {
            return 0;
        }
        if (end - start > 10) {
            return stripped.startsWith("-") ? Integer.MIN_VALUE : Integer.MAX_VALUE;
        }
        return Math.clamp(Long.parseLong(stripped.substring(0, end)), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
}
