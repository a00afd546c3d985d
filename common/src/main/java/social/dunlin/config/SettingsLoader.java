package social.dunlin.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import social.dunlin.StartupException;

/**
 * Reads the settings from {@code dunlin.toml} and the environment, which wins, before anything else starts. An unknown
 * key or a bad value is refused with one line that names it, and what would be right.
 */
public final class SettingsLoader {
    private static final Path DEFAULT_FILE = Path.of("dunlin.toml");
    private static final String ENVIRONMENT_PREFIX = "DUNLIN_";
    /** Variables that belong to the launcher. */
    private static final Set<String> OTHER_VARIABLES = Set.of("DUNLIN_JAVA_OPTIONS", "DUNLIN_NATIVE_MEMORY",
            "DUNLIN_NATIVE_IMAGE", "DUNLIN_CI_NATIVE");

    private final Path home;
    private final long machineMegabytes;
    private final Map<String, Setting> settings = Setting.all().stream()
            .collect(Collectors.toMap(Setting::key, Function.identity(), (one, other) -> one, LinkedHashMap::new));

    /**
     * @param home             where relative paths start and {@code dunlin.toml} is looked for
     * @param machineMegabytes memory by which defaults are chosen
     */
    public SettingsLoader(Path home, long machineMegabytes) {
        this.home = home;
        this.machineMegabytes = machineMegabytes;
    }

    /**
     * The value of every setting; empty where it has none.
     *
     * @param file named on the command line; otherwise {@code dunlin.toml} is used where it exists
     */
    public Map<String, String> load(Optional<Path> file, Map<String, String> environment) {
        Map<String, String> given = new TreeMap<>(fromFile(file));
        given.putAll(fromEnvironment(environment));
        NodeSize size = NodeSize.chosen(given.getOrDefault("memory.size", ""), machineMegabytes);
        Map<String, String> values = new TreeMap<>();
        settings.values().forEach(setting -> values.put(setting.key(), setting.defaultValue(size)));
        values.putAll(given);
        values.computeIfPresent("data.dir", (key, value) -> fromHome(value).toString());
        values.computeIfPresent("media.dir", (key, value) -> value.isEmpty() ? value : fromHome(value).toString());
        values.computeIfPresent("federation.trusted-ca-file", (key, value) -> value.isEmpty() ? value : certificates(key, fromHome(value)).toString());
        if (values.get("media.store").equals("s3")) {
            for (String needed : List.of("s3.bucket", "s3.access-key", "s3.secret-key")) {
                if (values.get(needed).isEmpty()) {
                    throw refusal("media.store is 's3': set %s too.".formatted(needed));
                }
            }
        }
        if (values.get("s3.delivery").equals("public") && values.get("s3.public-url").isEmpty()) {
            throw refusal("s3.delivery is 'public': set s3.public-url too.");
        }
        if (!values.get("registration.mode").equals("closed") && values.get("mail.host").isEmpty()) {
            throw refusal("registration.mode is '%s', but people prove their e-mail address by a letter: set mail.host too."
                    .formatted(values.get("registration.mode")));
        }
        return values;
    }

    private Path fromHome(String path) {
        return home.resolve(path).toAbsolutePath().normalize();
    }

    /** Read now, for the first request to another server would fail without a word to the operator. */
    private static Path certificates(String key, Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            if (CertificateFactory.getInstance("X.509").generateCertificates(content).isEmpty()) {
                throw refusal("%s: there is no certificate in %s.".formatted(key, file));
            }
            return file;
        } catch (IOException | CertificateException unreadable) {
            throw refusal("%s: certificates cannot be read from %s: %s".formatted(key, file, unreadable));
        }
    }

    private Map<String, String> fromFile(Optional<Path> named) {
        Path file = named.orElse(home.resolve(DEFAULT_FILE));
        if (named.isEmpty() && Files.notExists(file)) {
            return Map.of();
        }
        JsonNode content;
        try {
            content = new TomlMapper().readTree(Files.readString(file));
        } catch (NoSuchFileException absent) {
            throw refusal("The settings file %s does not exist.".formatted(file));
        } catch (JacksonException malformed) {
            JsonLocation place = malformed.getLocation();
            throw refusal("The settings file %s is no TOML%s: %s".formatted(file,
                    place == null ? "" : " in line " + place.getLineNr(), malformed.getOriginalMessage()));
        } catch (IOException unreadable) {
            throw refusal("The settings file %s cannot be read: %s".formatted(file, unreadable));
        }
        Map<String, String> values = new TreeMap<>();
        collect(file.toString(), "", content, values);
        return values;
    }

    private void collect(String file, String prefix, JsonNode table, Map<String, String> values) {
        table.properties().forEach(entry -> {
            String key = prefix + entry.getKey();
            JsonNode value = entry.getValue();
            if (value.isObject() && settings.keySet().stream().anyMatch(known -> known.startsWith(key + "."))) {
                collect(file, key + ".", value, values);
                return;
            }
            Setting setting = settings.get(key);
            if (setting == null) {
                throw refusal("%s: unknown setting %s%s".formatted(file, key, nearest(key, Setting::key)));
            }
            boolean fits = setting.list()
                    ? value.isArray() && StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isTextual)
                    : value.isValueNode();
            String text = value.isArray()
                    ? StreamSupport.stream(value.spliterator(), false).map(JsonNode::asText).collect(Collectors.joining(","))
                    : value.isValueNode() ? value.asText() : value.toString();
            values.put(key, checked(setting, "%s: %s".formatted(file, key), text, fits));
        });
    }

    private Map<String, String> fromEnvironment(Map<String, String> environment) {
        Map<String, Setting> byVariable = settings.values().stream()
                .collect(Collectors.toMap(Setting::environmentName, Function.identity()));
        Map<String, String> values = new TreeMap<>();
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (!variable.startsWith(ENVIRONMENT_PREFIX) || OTHER_VARIABLES.contains(variable)) {
                return;
            }
            Setting setting = byVariable.get(variable);
            if (setting == null) {
                throw refusal("Environment: unknown setting %s%s"
                        .formatted(variable, nearest(variable, Setting::environmentName)));
            }
            // Compose files hand on unset variables as empty ones.
            if (!value.isBlank()) {
                values.put(setting.key(), checked(setting, "Environment: " + variable, value.strip(), true));
            }
        });
        return values;
    }

    private static String checked(Setting setting, String place, String value, boolean fits) {
        if (!fits || !(value.isEmpty() && setting.optional()) && !setting.accepts(value)) {
            throw refusal("%s is %s, expected %s.".formatted(place,
                    setting.secret() ? "not right (its value is secret)" : "\"" + value + "\"", setting.expected()));
        }
        return value;
    }

    private String nearest(String unknown, Function<Setting, String> name) {
        List<String> known = settings.values().stream().map(name).toList();
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(unknown, candidate)))
                .map("; the nearest one is %s."::formatted)
                .orElse(".");
    }

    /** Levenshtein's. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= left.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int replaced = diagonal + (left.charAt(line - 1) == right.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, Math.min(row[column], row[column - 1]) + 1);
            }
        }
        return row[right.length()];
    }

    private static StartupException refusal(String message) {
        return new StartupException(StartupException.BAD_CONFIGURATION, message, null);
    }
}
