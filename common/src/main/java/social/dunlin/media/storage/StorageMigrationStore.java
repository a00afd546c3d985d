package social.dunlin.media.storage;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import social.dunlin.config.MediaConfiguration.MediaStoreKind;
import social.dunlin.database.Database;
import social.dunlin.media.blob.BlobKey;
import social.dunlin.media.storage.StorageMigration.State;

/** SQL of moves between stores. */
@ApplicationScoped
public class StorageMigrationStore {
    private final Database database;

    public StorageMigrationStore(Database database) {
        this.database = database;
    }

    /** Nothing when one is under way already. */
    OptionalLong begin(MediaStoreKind source, MediaStoreKind target, boolean keepsSource, List<String> kinds) {
        return database.first("""
            insert into storage_migration (source, target, keeps_source, kinds, kinds_in_all) values ($1, $2, $3, $4, cardinality($4::text[]))
            on conflict do nothing returning id""", row -> OptionalLong.of(row.getLong("id")), text(source), text(target), keepsSource,
            kinds.toArray(String[]::new)).orElse(OptionalLong.empty());
    }

    Optional<StorageMigration> latest() {
        return database.first("select * from storage_migration order by id desc limit 1", StorageMigrationStore::map);
    }

    Optional<StorageMigration> byId(long id) {
        return database.first("select * from storage_migration where id = $1", StorageMigrationStore::map, id);
    }

    boolean setState(long id, State from, State to) {
        return database.execute("update storage_migration set state = $3, changed_at = now() where id = $1 and state = $2", id, from.text(), to.text()) == 1;
    }

    /** Only while the position is what it was, so that a batch that is done twice counts once. */
    boolean advance(StorageMigration before, List<String> kinds, Optional<BlobKey> position, long moved, long bytes, long failed) {
        return database.execute("""
            update storage_migration set kinds = $2, position = $3, moved = moved + $4, bytes = bytes + $5, failed = failed + $6,
              state = case when state = 'running' and cardinality($2::text[]) = 0 then 'done' else state end, last_error = null, changed_at = now()
            where id = $1 and kinds = $7 and position is not distinct from $8""", before.id(), kinds.toArray(String[]::new),
            position.map(BlobKey::toString).orElse(null), moved, bytes, failed, before.kinds().toArray(String[]::new),
            before.position().map(BlobKey::toString).orElse(null)) == 1;
    }

    void failed(long id, String error) {
        database.execute("update storage_migration set last_error = $2, changed_at = now() where id = $1", id, error);
    }

    private static String text(MediaStoreKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static StorageMigration map(Row row) {
        return new StorageMigration(row.getLong("id"), kind(row, "source"), kind(row, "target"), row.getBoolean("keeps_source"),
            State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)), Arrays.asList(row.getArrayOfStrings("kinds")), row.getInteger("kinds_in_all"),
            Optional.ofNullable(row.getString("position")).map(BlobKey::parse), row.getLong("moved"), row.getLong("bytes"), row.getLong("failed"),
            row.getString("last_error"), row.getOffsetDateTime("started_at").toInstant(), row.getOffsetDateTime("changed_at").toInstant());
    }

    private static MediaStoreKind kind(Row row, String column) {
        return MediaStoreKind.valueOf(row.getString(column).toUpperCase(Locale.ROOT));
    }
}
