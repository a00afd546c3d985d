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

    private final Database database;

    public Migrator(Database database) {
        this.database = database;
    }

    /** Applies what is missing and gives the names of the scripts it ran. */
    public List<String> migrate() {
        List<String> names = read(FOLDER + "index").lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        prepare();
        return names.stream().filter(this::apply).toList();
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

    private boolean apply(String name) {
        String script = read(FOLDER + name);
        String checksum = checksum(script);
        if (checksum.equals(applied().get(name))) {
            return false;
        }
        return database.transaction(() -> {
            lock();
            String before = applied().get(name);
            if (before != null) {
                if (!before.equals(checksum)) {
                    throw new StartupException(StartupException.NO_DATABASE,
                        "Migration %s is another one than has run on this database. Start the version of Dunlin that made it, or a newer release."
                            .formatted(name), null);
                }
                return false;
            }
            LOG.infof("Migration %s", name);
            database.script(script);
            database.execute("insert into migration (name, checksum) values ($1, $2)", name, checksum);
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

    private static String checksum(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
