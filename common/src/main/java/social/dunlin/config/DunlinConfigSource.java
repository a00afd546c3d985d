package social.dunlin.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Hands the settings that {@link SettingsLoader} has read and checked to Quarkus, under Dunlin's own names and under
 * those of the extensions they steer. Empty at build time and in tests that do not go through {@code main}.
 */
public final class DunlinConfigSource implements ConfigSource {
    /** Above the raw environment, whose empty variables would otherwise undo a default. */
    private static final int ORDINAL = 350;
    private static volatile Map<String, String> properties = Map.of();

    /** Called once, before Quarkus starts. */
    public static void provide(Map<String, String> settings, Map<String, String> quarkus) {
        Map<String, String> all = new HashMap<>(quarkus);
        // A dollar sign of the operator is no reference to another setting.
        settings.forEach((key, value) -> all.put(DunlinConfiguration.PREFIX + "." + key, value.replace("$", "$$")));
        properties = Map.copyOf(all);
    }

    @Override
    public Set<String> getPropertyNames() {
        return properties.keySet();
    }

    @Override
    public String getValue(String name) {
        return properties.get(name);
    }

    @Override
    public String getName() {
        return "Dunlin's settings";
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }
}
