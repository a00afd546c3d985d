package social.dunlin.testing;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import social.dunlin.config.DunlinConfiguration;

/** Typed configurations for tests that run without Quarkus. */
public final class TestConfiguration {
    private static final int CONVERTER_PRIORITY = 200;

    private TestConfiguration() {
    }

    /** The defaults. */
    public static DunlinConfiguration defaults() {
        return of(Map.of());
    }

    /** The defaults but for these, such as {@code dunlin.limits.status-characters}. */
    public static DunlinConfiguration of(Map<String, String> properties) {
        return from(new PropertiesConfigSource(properties, "test", 100));
    }

    public static DunlinConfiguration from(ConfigSource source) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(source)
                .withConverter(Duration.class, CONVERTER_PRIORITY, new DurationConverter())
                .withMapping(DunlinConfiguration.class)
                .build()
                .getConfigMapping(DunlinConfiguration.class);
    }
}
