package social.dunlin.federation.http;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Header lines of a response; names compare without case. */
public record ResponseHeaders(Map<String, List<String>> lines) {
    public ResponseHeaders {
        Map<String, List<String>> caseless = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        caseless.putAll(lines);
        lines = Collections.unmodifiableMap(caseless);
    }

    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    public List<String> all(String name) {
        return lines.getOrDefault(name, List.of());
    }
}
