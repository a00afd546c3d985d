package social.dunlin.database.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Picks the one line out of PostgreSQL's output that says what is wrong. */
final class PostgresComplaint {
    private static final Pattern TELLING = Pattern.compile("(?:FATAL|PANIC|ERROR|error):\\s+(.*)");
    private static final int LONGEST = 64 << 10;

    private PostgresComplaint() {
    }

    /** The complaint in what was appended to the log after the given position; empty when there is none. */
    static String in(Path log, long position) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(position);
            byte[] text = new byte[(int) Math.min(LONGEST, Math.max(0, file.length() - position))];
            file.readFully(text);
            return in(new String(text, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            return "and its log cannot be read: " + unreadable.getMessage();
        }
    }

    /** PostgreSQL names the cause first and then gives up step by step, so the first telling line counts. */
    static String in(String output) {
        List<String> lines = output.lines().toList();
        for (String line : lines) {
            Matcher telling = TELLING.matcher(line);
            if (telling.find()) {
                return telling.group(1).strip();
            }
        }
        return lines.isEmpty() ? "" : lines.getLast().strip();
    }
}
