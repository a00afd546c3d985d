package social.dunlin;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every row of the reference of hostile inputs has a test that bears its number, or a reason here why it cannot have one yet. */
class HostileInputsTest {
    private static final Pattern NUMBERS = Pattern.compile("hostileInput([0-9]+(?:And[0-9]+)*)_");
    private static final Map<Integer, String> WITHOUT = Map.ofEntries(
        Map.entry(59, "nothing reads XML from elsewhere"),
        Map.entry(62, "there are no providers of the Fediverse auxiliary services"),
        Map.entry(82, "nothing is installed or imported from archives"),
        Map.entry(94, "severed relationships are not kept"),
        Map.entry(103, "there are no private communities"),
        Map.entry(113, "nobody logs in by way of other sites"),
        Map.entry(118, "there is no LDAP"));

    @Test
    void everyRowHasATestThatBearsItsNumber() throws IOException {
        Set<Integer> missing = new TreeSet<>(rows());
        missing.removeAll(tested());
        missing.removeAll(WITHOUT.keySet());
        assertTrue(missing.isEmpty(), () -> "rows without a test: " + missing);
    }

    private static List<Integer> rows() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(System.getProperty("dunlin.test.shared"), "reference", "hostile-inputs.tsv"))) {
            return lines.map(line -> line.split("\t", 2)[0]).filter(number -> number.matches("[0-9]+")).map(Integer::valueOf).toList();
        }
    }

    private static Set<Integer> tested() throws IOException {
        Set<Integer> tested = new TreeSet<>();
        for (String module : List.of("common", "api", "federation-worker", "media-worker", "all-in-one")) {
            Path sources = Path.of("..", module, "src", "test", "java");
            if (Files.isDirectory(sources)) {
                try (Stream<Path> files = Files.walk(sources)) {
                    for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                        NUMBERS.matcher(Files.readString(file)).results().flatMap(found -> Arrays.stream(found.group(1).split("And")))
                            .map(Integer::valueOf).forEach(tested::add);
                    }
                }
            }
        }
        return tested;
    }
}
