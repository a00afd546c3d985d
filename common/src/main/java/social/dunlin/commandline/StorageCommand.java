package social.dunlin.commandline;

import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import social.dunlin.commandline.Invocation.AskStorageMigration;
import social.dunlin.commandline.Invocation.BeginStorageMigration;
import social.dunlin.media.blob.BlobStat;
import social.dunlin.media.storage.StorageMigration;
import social.dunlin.media.storage.StorageMigrations;
import social.dunlin.refusal.Refusal;

/** {@code dunlin admin media storage-migrate|status|cancel|resume|manifest}. The server moves; this asks it to and tells how it stands. */
@ApplicationScoped
class StorageCommand {
    private final StorageMigrations migrations;

    StorageCommand(StorageMigrations migrations) {
        this.migrations = migrations;
    }

    void begin(BeginStorageMigration wanted, PrintStream out) {
        try {
            tell(migrations.begin(wanted.keepsSource()), out);
        } catch (IOException failure) {
            throw Refusal.unavailable(failure.getMessage());
        }
    }

    void ask(AskStorageMigration wanted, PrintStream out) {
        switch (wanted.action()) {
            case "status" -> migrations.latest().ifPresentOrElse(latest -> tell(latest, out), () -> out.println("Nothing was ever moved."));
            case "cancel" -> tell(migrations.cancel(), out);
            case "resume" -> tell(migrations.resume(), out);
            case "manifest" -> manifest(out);
            case String other -> throw new IllegalArgumentException(other);
        }
    }

    private static void tell(StorageMigration migration, PrintStream out) {
        out.printf("%s: %s to %s, about %d %%: %d files with %d MB moved, %d could not be read%n", word(migration.state()), word(migration.source()),
            word(migration.target()), migration.percent(), migration.moved(), migration.bytes() >> 20, migration.failed());
        out.printf("begun %s, last step %s%n", migration.startedAt(), migration.changedAt());
        if (migration.lastError() != null) {
            out.printf("waits, because: %s%n", migration.lastError());
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void manifest(PrintStream out) {
        try {
            migrations.manifest(blob -> out.println(line(blob)));
        } catch (IOException failure) {
            throw Refusal.unavailable(failure.getMessage());
        }
    }

    /** Path in the folder and key in the bucket; the names that rclone's own lists have where there are such. */
    private static String line(BlobStat blob) {
        String shelf = blob.key().kind() + "/" + blob.key().name().substring(0, 2);
        String file = blob.key().toString().substring(blob.key().kind().length() + 1);
        return new JsonObject().put("Path", shelf + "/" + file).put("Key", blob.key().toString()).put("Size", blob.size())
            .put("ModTime", blob.storedAt().toString()).put("MimeType", blob.key().contentType()).encode();
    }
}
