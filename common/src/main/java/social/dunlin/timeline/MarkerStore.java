package social.dunlin.timeline;

import static social.dunlin.database.Rows.instant;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.SequencedMap;
import social.dunlin.database.Database;

/** SQL of reading markers. */
@ApplicationScoped
public class MarkerStore {
    private final Database database;

    public MarkerStore(Database database) {
        this.database = database;
    }

    /** Those that were ever set. */
    public List<Marker> get(long accountId, Collection<String> timelines) {
        return database.list("""
            select timeline, last_read_id, version, updated_at from marker
            where account_id = $1 and timeline = any($2) order by timeline""", MarkerStore::map, accountId, timelines.toArray(String[]::new));
    }

    /** Sets them, back as well as forth. @param positions home or notifications to the last id read */
    public List<Marker> set(long accountId, SequencedMap<String, Long> positions) {
        return database.list("""
            insert into marker (account_id, timeline, last_read_id, version)
            select $1, wanted.timeline, wanted.position, 1 from unnest($2::text[], $3::bigint[]) as wanted (timeline, position)
            on conflict (account_id, timeline) do update set
              last_read_id = excluded.last_read_id, version = marker.version + 1, updated_at = now()
            returning timeline, last_read_id, version, updated_at""", MarkerStore::map,
            accountId, positions.keySet().toArray(String[]::new), positions.values().toArray(Long[]::new));
    }

    private static Marker map(Row row) {
        return new Marker(row.getString("timeline"), row.getLong("last_read_id"), row.getInteger("version"), instant(row, "updated_at"));
    }
}
