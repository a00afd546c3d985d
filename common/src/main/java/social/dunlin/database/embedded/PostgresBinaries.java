package social.dunlin.database.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An unpacked PostgreSQL distribution: a folder with {@code bin}, {@code lib} and {@code share}.
 *
 * @param home         the folder
 * @param majorVersion of the server, such as 18
 */
public record PostgresBinaries(Path home, int majorVersion) {
    /** Names the folder, for tests and for packages that use the PostgreSQL of their system. */
    public static final String HOME_PROPERTY = "dunlin.postgresql.home";

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

    /**
     * The distribution this application was built with: the folder of {@link #HOME_PROPERTY}, otherwise the folder
     * {@code postgresql} beside the application. Empty for roles that bring none.
     */
    public static Optional<Path> find() {
        String configured = System.getProperty(HOME_PROPERTY);
        if (configured != null) {
            return Optional.of(Path.of(configured).toAbsolutePath().normalize());
        }
        return Stream.concat(runnableJar().stream(), executable().stream())
                .map(file -> file.resolveSibling("postgresql"))
                .filter(folder -> Files.isRegularFile(folder.resolve("bin/postgres")))
                .findFirst();
    }

    /** Runs {@code postgres --version} in the folder: proves that the programs fit this machine. */
    public static PostgresBinaries in(Path home) {
        Path server = home.resolve("bin/postgres");
        if (!Files.isExecutable(server)) {
            throw new EmbeddedPostgresException("There is no PostgreSQL in %s: %s is missing or not executable."
                    .formatted(home, server));
        }
        String answer;
        try {
            Process process = new ProcessBuilder(server.toString(), "--version").redirectErrorStream(true).start();
            process.getOutputStream().close();
            answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            process.waitFor();
        } catch (IOException problem) {
            throw new EmbeddedPostgresException("The PostgreSQL in %s does not run on this machine (%s, %s): %s"
                    .formatted(home, System.getProperty("os.name"), System.getProperty("os.arch"),
                            problem.getMessage()), problem);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("Interrupted while asking PostgreSQL for its version.", interruption);
        }
        Matcher version = VERSION.matcher(answer);
        if (!version.find()) {
            throw new EmbeddedPostgresException("The PostgreSQL in %s does not run on this machine (%s, %s): %s"
                    .formatted(home, System.getProperty("os.name"), System.getProperty("os.arch"), answer));
        }
        return new PostgresBinaries(home, Integer.parseInt(version.group(1)));
    }

    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    /** With {@code java -jar X} the class path is that jar alone. */
    private static Optional<Path> runnableJar() {
        String classPath = System.getProperty("java.class.path", "");
        return classPath.isEmpty() || classPath.contains(File.pathSeparator) || !classPath.endsWith(".jar")
                ? Optional.empty()
                : Optional.of(Path.of(classPath).toAbsolutePath());
    }

    private static Optional<Path> executable() {
        return ProcessHandle.current().info().command().map(Path::of);
    }
}
