package social.dunlin.api.request;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import social.dunlin.refusal.Refusal;

/**
 * Builds nested parameters from flat names by the rules of Rack: {@code a[]=1} lists, {@code a[b]=1} nests,
 * {@code a[][b]=1} lists objects (a repeated key starts the next one). Values are String, {@link Upload},
 * Map or List.
 */
final class ParameterTree {
    private static final int DEPTH = 32;
    private static final int COUNT = 4096;

    private final Map<String, Object> root = new LinkedHashMap<>();
    private int count;

    Map<String, Object> root() {
        return root;
    }

    /** Adds what stands in a query string or an urlencoded body. */
    void addEncoded(String encoded) {
        if (encoded == null || encoded.isEmpty()) {
            return;
        }
        for (String part : encoded.split("&")) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                String value = equals < 0 ? "" : part.substring(equals + 1);
                add(decode(name), decode(value));
            }
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException failure) {
            throw Refusal.badRequest("Invalid percent-encoding in the parameters");
        }
    }

    /** Adds one value under a name with brackets. */
    void add(String name, Object value) {
        if (++count > COUNT) {
            throw Refusal.badRequest("Too many parameters");
        }
        int bracket = name.indexOf('[');
        if (bracket <= 0) {
            root.put(name, value);
            return;
        }
        put(root, name.substring(0, bracket), name.substring(bracket), value, name, 0);
    }

    /** @param rest what follows the key: empty, or brackets */
    private void put(Map<String, Object> target, String key, String rest, Object value, String name, int depth) {
        if (depth > DEPTH) {
            throw Refusal.badRequest("Parameters are nested too deeply");
        }
        if (rest.isEmpty()) {
            target.put(key, value);
        } else if (rest.equals("[]")) {
            list(target, key, name).add(value);
        } else if (rest.startsWith("[][")) {
            List<Object> list = list(target, key, name);
            int close = closing(rest, 2, name);
            String childKey = rest.substring(3, close);
            String childRest = rest.substring(close + 1);
            Map<String, Object> element = list.isEmpty() ? null : object(list.getLast(), name);
            if (element == null || holds(element, childKey, childRest)) {
                element = new LinkedHashMap<>();
                list.add(element);
            }
            put(element, childKey, childRest, value, name, depth + 1);
        } else if (rest.startsWith("[")) {
            int close = closing(rest, 0, name);
            Object child = target.computeIfAbsent(key, absent -> new LinkedHashMap<String, Object>());
            put(object(child, name), rest.substring(1, close), rest.substring(close + 1), value, name, depth + 1);
        } else {
            throw malformed(name);
        }
    }

    private static boolean holds(Map<String, Object> element, String key, String rest) {
        return element.containsKey(key) && !rest.startsWith("[");
    }

    private static int closing(String rest, int from, String name) {
        int close = rest.indexOf(']', from);
        if (close < 0) {
            throw malformed(name);
        }
        return close;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Map<String, Object> target, String key, String name) {
        Object value = target.computeIfAbsent(key, absent -> new ArrayList<>());
        if (value instanceof List<?> list) {
            return (List<Object>) list;
        }
        throw twoForms(name);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value, String name) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw twoForms(name);
    }

    private static Refusal malformed(String name) {
        return Refusal.badRequest("Malformed parameter name: " + shortened(name));
    }

    private static Refusal twoForms(String name) {
        return Refusal.badRequest("Parameter given in two different forms: " + shortened(name));
    }

    private static String shortened(String name) {
        return name.length() > 80 ? name.substring(0, 80) + "…" : name;
    }
}
