package social.dunlin.federation.relay;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import social.dunlin.database.Database;

/** SQL of relays. There are a handful at most. */
@ApplicationScoped
class RelayStore {
    private static final String COLUMNS = "id, url, inbox_url, actor_uri, follow_uri, state";

    private final Database database;

    RelayStore(Database database) {
        this.database = database;
    }

    /** The relay's id when it is to be asked: a new one, or one that said no before. */
    Optional<Long> add(String url) {
        return database.first("""
            insert into relay (url) values ($1)
            on conflict (url) do update set state = 'idle', changed_at = now() where relay.state in ('rejected', 'failed')
            returning id""", row -> row.getLong("id"), url);
    }

    List<Relay> all() {
        return database.list("select " + COLUMNS + " from relay order by url", RelayStore::map);
    }

    Optional<Relay> byId(long id) {
        return database.first("select " + COLUMNS + " from relay where id = $1 for update", RelayStore::map, id);
    }

    Optional<Relay> remove(String url) {
        return database.first("delete from relay where url = $1 returning " + COLUMNS, RelayStore::map, url);
    }

    void asked(long id, String inboxUrl, String actorUri, String followUri) {
        database.execute("""
            update relay set state = 'pending', inbox_url = $2, actor_uri = $3, follow_uri = $4, changed_at = now() where id = $1""",
            id, inboxUrl, actorUri, followUri);
    }

    void failed(long id) {
        database.execute("update relay set state = 'failed', changed_at = now() where id = $1", id);
    }

    /** By the id of our Follow, from the relay's own host, and from the same actor as before. */
    boolean answered(String followUri, String actorUri, String actorHost, Relay.State state) {
        return database.execute("""
            update relay set state = $4, actor_uri = $2, changed_at = now()
            where follow_uri = $1 and (actor_uri is null or actor_uri = $2) and lower(split_part(inbox_url, '/', 3)) = $3""",
            followUri, actorUri, actorHost, state.name().toLowerCase(Locale.ROOT)) > 0;
    }

    /** Index: relay_actor. */
    boolean isActor(String uri, boolean acceptedOnly) {
        return database.exists("select from relay where actor_uri = $1 and (state = 'accepted' or not $2)", uri, acceptedOnly);
    }

    private static Relay map(Row row) {
        return new Relay(row.getLong("id"), row.getString("url"), row.getString("inbox_url"), row.getString("actor_uri"),
            row.getString("follow_uri"), Relay.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)));
    }
}
