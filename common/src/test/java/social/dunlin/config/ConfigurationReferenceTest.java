package social.dunlin.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import social.dunlin.testing.GoldenFile;

class ConfigurationReferenceTest {
    private static final List<Setting> SETTINGS = Setting.all();

    @Test
    void everySettingItsDefaultAndBoundsArePinned() {
        GoldenFile.check(Path.of("settings.txt"), SETTINGS.stream()
                .map(setting -> "%s | %s | %s%s%n".formatted(setting.key(), defaultValue(setting), setting.expected(),
                        setting.secret() ? " | secret" : ""))
                .collect(Collectors.joining()));
    }

    @Test
    void referenceForOperatorsIsGeneratedFromTheTypedConfiguration() {
        GoldenFile.checkFile(Path.of("../docs/configuration.md"), reference());
    }

    @Test
    void everyDefaultIsAcceptedByItsOwnRules() {
        for (Setting setting : SETTINGS) {
            assertTrue(setting.optional() && setting.defaultValue().isEmpty() || setting.accepts(setting.defaultValue()),
                    setting.key());
            assertTrue(setting.defaultsByMemory().stream().allMatch(setting::accepts), setting.key());
        }
    }

    @Test
    void variablesOfTheEnvironmentAreDistinct() {
        assertEquals(SETTINGS.size(), SETTINGS.stream().map(Setting::environmentName).distinct().count());
    }

    private static String defaultValue(Setting setting) {
        return setting.defaultsByMemory().isEmpty() ? setting.defaultValue() : String.join(", ", setting.defaultsByMemory());
    }

    private static String reference() {
        StringBuilder text = new StringBuilder("""
                # Configuration

                <!-- Generated from DunlinConfiguration by ConfigurationReferenceTest with -Ddunlin.test.rewrite=true. -->

                Settings stand in `dunlin.toml` beside the launcher (or in the file named with `--config FILE`), or in the environment, which wins. A dot in a key is a table of the file: `http.port` is `port` below `[http]`. Lists are arrays in the file and separated by commas in the environment. An unknown key or a bad value stops the start with one line and exit code 2. Every setting has a default; none has to be set for trying out. Where four defaults stand, the memory of the machine chooses: up to 320 MB, up to 640 MB, up to 1,280 MB, more (`memory.size`).

                ```toml
                domain = "example.org"

                [http]
                trusted-proxies = ["127.0.0.0/8", "10.0.0.0/8"]
                ```
                """);
        String section = "";
        for (Setting setting : SETTINGS) {
            int dot = setting.key().indexOf('.');
            String found = dot < 0 ? "Top level" : "[" + setting.key().substring(0, dot) + "]";
            if (!found.equals(section)) {
                section = found;
                text.append("\n## %s%n%n| key | environment | default | value | what it does |%n| --- | --- | --- | --- | --- |%n"
                        .formatted(section));
            }
            text.append("| `%s` | `%s` | %s | %s | %s |%n".formatted(setting.key(), setting.environmentName(),
                    defaultValue(setting).isEmpty() ? "none" : "`" + defaultValue(setting) + "`",
                    setting.expected() + (setting.secret() ? "; never printed" : ""), setting.description()));
        }
        return text.toString();
    }
}
