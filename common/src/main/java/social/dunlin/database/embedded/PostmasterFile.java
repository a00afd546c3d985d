package social.dunlin.database.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a running server writes into {@code postmaster.pid} of its data directory (PostgreSQL's documented lock file:
 * one fact per line).
 */
record PostmasterFile(long processId, int port, Path socketDirectory, boolean ready) {
    private static final int PORT = 3;
    private static final int SOCKET_DIRECTORY = 4;
    private static final int STATUS = 7;

    static Path of(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    /** Empty when no server has run since the last clean stop, or when one is just beginning to start. */
    static Optional<PostmasterFile> read(Path cluster) {
        try {
            List<String> lines = Files.readAllLines(of(cluster));
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new PostmasterFile(
                    // Single-user mode marks its number with a minus sign.
                    Math.abs(Long.parseLong(lines.getFirst().strip())),
                    lines.size() > PORT ? Integer.parseInt(lines.get(PORT).strip()) : 0,
                    Path.of(lines.size() > SOCKET_DIRECTORY ? lines.get(SOCKET_DIRECTORY).strip() : ""),
                    lines.size() > STATUS && lines.get(STATUS).strip().equals("ready")));
        } catch (IOException | NumberFormatException absentOrHalfWritten) {
            return Optional.empty();
        }
    }

    /** Whether that process is a PostgreSQL server of this cluster and not a stranger with a recycled number. */
    boolean isServerOf(Path cluster) {
        try {
            String commandLine = Files.readString(Path.of("/proc", Long.toString(processId), "cmdline"));
            List<String> words = List.of(commandLine.split("\0"));
            int option = words.indexOf("-D");
            return option > 0 && option + 1 < words.size()
                    && words.getFirst().endsWith("postgres")
                    && Path.of(words.get(option + 1)).equals(cluster);
        } catch (IOException gone) {
            return false;
        }
    }

    /**
     * A server refuses to start while the process named here lives, whoever it is; after a crash in a container the
     * number often belongs to someone else. Our own number is one it knows to be its starter's. The other lines stay:
     * by them it still finds out whether processes of the dead server hold its memory.
     */
    static void disownStranger(Path cluster) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(of(cluster)));
        lines.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(of(cluster), lines);
    }
}
