package social.dunlin.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import social.dunlin.config.NodeSize;
import social.dunlin.database.embedded.EmbeddedPostgres;
import social.dunlin.database.embedded.EmbeddedPostgresSettings;
import social.dunlin.database.embedded.EmbeddedPostgresSettings.Transport;
import social.dunlin.testing.TestPostgres;

/** What a scenario starts: the application on a virtual machine, or its native executable. */
enum Artifact {
    JVM,
    NATIVE;

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** What {@code ./dunlin test} or {@code ./dunlin test --native} asked for. */
    static Artifact underTest() {
        return Boolean.getBoolean("dunlin.test.native") ? NATIVE : JVM;
    }

    /** A command line, with system properties ({@code -Dname=value}). What Java keeps of classes is kept apart for serving and for commands, as the launcher does. */
    List<String> command(String role, List<String> properties, List<String> arguments) {
        List<String> command = new ArrayList<>();
        switch (this) {
            case JVM -> {
                command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xms16m", "-Xmx96m", "-Xss512k", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:TieredStopAtLevel=1",
                    "-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive(role, arguments.contains("run") ? "" : "-command"),
                    "-Xlog:cds=off", "-Xlog:aot=off", "-Xlog:cds+dynamic=off", "-Xlog:class+path=off", "--sun-misc-unsafe-memory-access=allow"));
                command.addAll(properties);
                command.addAll(List.of("-jar", jar(role).toString()));
            }
            case NATIVE -> {
                command.add(ROOT.resolve(role).resolve("target/native/dunlin-" + role).toString());
                command.addAll(properties);
            }
        }
        command.addAll(arguments);
        return command;
    }

    private static Path jar(String role) {
        return ROOT.resolve(role).resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** Java goes without an archive of an older build, but does not replace it. */
    private static Path archive(String role, String of) {
        Path archive = Path.of("target", role + of + ".jsa").toAbsolutePath();
        try {
            if (Files.exists(archive) && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar(role))) < 0) {
                Files.deleteIfExists(archive);
            }
            return archive;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The address of the PostgreSQL that a running server has in its data directory, found as commands find it. */
    String ownDatabase(Path dataDirectory) {
        Transport transport = this == NATIVE ? Transport.LOOPBACK : Transport.UNIX_SOCKET;
        try (EmbeddedPostgres joined = EmbeddedPostgres.startOrJoin(EmbeddedPostgresSettings.of(dataDirectory, TestPostgres.binaries(), transport, NodeSize.SMALL))) {
            return joined.connectionUri();
        }
    }
}
