package social.dunlin.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import social.dunlin.StartupException;

/**
 * Brings the schema up to date at start. Scripts are listed in {@code db/migration/index} and only ever
 * added. An advisory lock lets several roles start at once: one migrates, the others wait and find
 * nothing to do. Each script runs in its own transaction; a changed script stops the start.
 */
@ApplicationScoped
public class Migrator {
    /** Any fixed number; it names the lock among all advisory locks of this database. */
    private static final long LOCK = 0x44554e4c494eL;
    private static final String FOLDER = "db/migration/";
    private static final Logger LOG = Logger.getLogger(Migrator.class);

    /** An executable holds them ready: reading a resource is slow there, and this class is made when it is built. */
    private static final List<Script> SCRIPTS = scripts();

    private final Database database;

    public Migrator(Database database) {
        this.database = database;
    }

    private record Script(String name, String text, String checksum) {
        static Script of(String name, String text) {
            return new Script(name, text, checksumOf(text));
        }

        private static String checksumOf(String text) {
            try {
                return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    /** Applies what is missing and gives the names of the scripts it ran. */
    public List<String> migrate() {
        prepare();
        Map<String, String> applied = applied();
        return SCRIPTS.stream()
                .filter(script -> !script.checksum().equals(applied.get(script.name())))
                .filter(this::apply)
                .map(Script::name)
                .toList();
    }

    private void prepare() {
        database.transaction(() -> {
            lock();
            // Asked first, because "if not exists" leaves a notice in the log at every start.
            if (!database.exists("select from pg_class where oid = to_regclass('migration')")) {
                createTable();
            }
        });
    }

    private void createTable() {
        database.script("""
            create table migration (
              name        text primary key,
              checksum    text not null,
              applied_at  timestamptz not null default now()
            )""");
    }

    /** False when another process has applied it in the meantime. */
    private boolean apply(Script script) {
        return database.transaction(() -> {
            lock();
            String before = applied().get(script.name());
            if (before != null) {
                if (!before.equals(script.checksum())) {
                    throw new StartupException(StartupException.NO_DATABASE,
                        "Migration %s is another one than has run on this database. Start the version of Dunlin that made it, or a newer release."
                            .formatted(script.name()), null);
                }
                return false;
            }
            LOG.infof("Migration %s", script.name());
            database.script(script.text());
            database.execute("insert into migration (name, checksum) values ($1, $2)", script.name(), script.checksum());
            return true;
        });
    }

    private void lock() {
        database.list("select pg_advisory_xact_lock($1)", row -> null, LOCK);
    }

    private Map<String, String> applied() {
        Map<String, String> result = new HashMap<>();
        database.list("select name, checksum from migration", row -> result.put(row.getString("name"), row.getString("checksum")));
        return result;
    }

    private static List<Script> scripts() {
        return read(FOLDER + "index").lines().map(String::strip).filter(line -> !line.isEmpty())
                .map(name -> Script.of(name, read(FOLDER + name)))
                .toList();
    }

    private static String read(String resource) {
        try (InputStream input = Migrator.class.getClassLoader().getResourceAsStream(resource)) {
            if (input == null) {
                throw new IllegalStateException("Missing resource " + resource);
            }
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
