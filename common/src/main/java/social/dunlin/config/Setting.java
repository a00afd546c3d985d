package social.dunlin.config;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.WithDefault;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One setting as {@link DunlinConfiguration} declares it.
 *
 * @param key  dotted, as in {@code dunlin.toml}: {@code http.trusted-proxies}
 * @param kind of its values, or of the members of a list
 */
record Setting(String key, Class<?> kind, boolean list, boolean optional, Method declaration) {

    /** All settings in the order of the reference. */
    static List<Setting> all() {
        return of("", DunlinConfiguration.class).sorted(java.util.Comparator.comparing(Setting::key,
                java.util.Comparator.comparing((String key) -> key.contains(".")).thenComparing(key -> key))).toList();
    }

    private static Stream<Setting> of(String prefix, Class<?> section) {
        return Arrays.stream(section.getDeclaredMethods()).flatMap(method -> {
            String key = prefix + kebabCase(method.getName());
            return method.isAnnotationPresent(Description.class)
                    ? Stream.of(of(key, method))
                    : of(key + ".", method.getReturnType());
        });
    }

    private static Setting of(String key, Method method) {
        Type type = method.getGenericReturnType();
        boolean optional = method.getReturnType() == Optional.class;
        if (optional) {
            type = ((ParameterizedType) type).getActualTypeArguments()[0];
        }
        boolean list = type instanceof ParameterizedType parameterized && parameterized.getRawType() == List.class;
        if (list) {
            type = ((ParameterizedType) type).getActualTypeArguments()[0];
        }
        return new Setting(key, (Class<?>) type, list, optional, method);
    }

    String environmentName() {
        return "DUNLIN_" + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Empty when there is none. */
    String defaultValue() {
        WithDefault declared = declaration.getAnnotation(WithDefault.class);
        return declared == null ? "" : declared.value();
    }

    /** The default on a machine of that size. */
    String defaultValue(NodeSize size) {
        return dependsOnMemory() ? declaration.getAnnotation(ByMemory.class).value()[size.ordinal()] : defaultValue();
    }

    /** Empty unless the default depends on the size of the machine: one for each, smallest first. */
    List<String> defaultsByMemory() {
        return dependsOnMemory() ? List.of(declaration.getAnnotation(ByMemory.class).value()) : List.of();
    }

    private boolean dependsOnMemory() {
        return declaration.isAnnotationPresent(ByMemory.class);
    }

    String description() {
        return declaration.getAnnotation(Description.class).value();
    }

    boolean secret() {
        return declaration.isAnnotationPresent(Secret.class);
    }

    /** What a value has to be, to be read after "expected". */
    String expected() {
        String one = switch (kind) {
            case Class<?> number when number == int.class -> "a whole number" + bounds();
            case Class<?> flag when flag == boolean.class -> "true or false";
            case Class<?> duration when duration == Duration.class -> "a time such as 20s or 2m" + bounds();
            case Class<?> range when range == AddressRange.class -> "an address range such as 10.0.0.0/8 or fd00::/8";
            case Class<?> path when path == Path.class -> "a path";
            case Class<?> choice when choice.isEnum() -> choices().collect(Collectors.joining(" or "));
            case Class<?> text -> declaration.isAnnotationPresent(Form.class)
                    ? declaration.getAnnotation(Form.class).expected() : "a text";
        };
        return list ? "a list, each " + one : one;
    }

    boolean accepts(String value) {
        return list
                ? Arrays.stream(value.split(",")).map(String::strip).filter(one -> !one.isEmpty()).allMatch(this::acceptsOne)
                : acceptsOne(value);
    }

    private boolean acceptsOne(String value) {
        return switch (kind) {
            case Class<?> number when number == int.class -> acceptsNumber(value);
            case Class<?> flag when flag == boolean.class -> value.equals("true") || value.equals("false");
            case Class<?> duration when duration == Duration.class -> acceptsDuration(value);
            case Class<?> range when range == AddressRange.class -> succeeds(() -> AddressRange.parse(value));
            case Class<?> path when path == Path.class -> acceptsPath(value);
            case Class<?> choice when choice.isEnum() -> choices().anyMatch(value::equals);
            case Class<?> text -> !declaration.isAnnotationPresent(Form.class)
                    || value.matches(declaration.getAnnotation(Form.class).regexp());
        };
    }

    private boolean acceptsNumber(String value) {
        return value.matches("-?\\d{1,9}") && isWithinBounds(Integer.parseInt(value));
    }

    private boolean acceptsDuration(String value) {
        try {
            return isWithinBounds(DurationConverter.parseDuration(value).toSeconds());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static boolean acceptsPath(String value) {
        try {
            return !Path.of(value).toString().isEmpty();
        } catch (InvalidPathException malformed) {
            return false;
        }
    }

    private static boolean succeeds(Runnable parsing) {
        try {
            parsing.run();
            return true;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private boolean isWithinBounds(long value) {
        Bounds bounds = declaration.getAnnotation(Bounds.class);
        return value >= bounds.min() && value <= bounds.max();
    }

    private String bounds() {
        Bounds bounds = declaration.getAnnotation(Bounds.class);
        return (kind == Duration.class ? " from %ds to %ds" : " from %d to %d").formatted(bounds.min(), bounds.max());
    }

    private Stream<String> choices() {
        return Arrays.stream(kind.getEnumConstants()).map(choice -> choice.toString().toLowerCase(Locale.ROOT));
    }

    private static String kebabCase(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
