package social.dunlin.federation.thread;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.activitypub.ApNote;
import social.dunlin.activitypub.ApReference;
import social.dunlin.database.Database;
import social.dunlin.federation.fetch.CollectionReader;
import social.dunlin.federation.fetch.RestStatuses;
import social.dunlin.federation.http.FetchBudget;
import social.dunlin.id.ObjectUri;

/**
 * How often a post was liked and boosted, as its own server tells: most of it never reaches us. Kept beside our own
 * count; the larger one is shown.
 */
@ApplicationScoped
public class OriginNumbers {
    private static final long MAXIMUM = 1_000_000_000;

    private final Database database;
    private final CollectionReader collections;
    private final RestStatuses rest;

    public OriginNumbers(Database database, CollectionReader collections, RestStatuses rest) {
        this.database = database;
        this.collections = collections;
        this.rest = rest;
    }

    /**
     * Takes what a document tells; asks nobody.
     *
     * @param note the stored post's own document, just fetched from its origin
     */
    public void take(long statusId, ApNote note) {
        store(statusId, told(note.likes()), told(note.shares()));
    }

    private static Optional<Long> told(ApReference collection) {
        return collection == null || collection.embedded() == null ? Optional.empty() : Optional.ofNullable(collection.embedded().number("totalItems"));
    }

    /** The same, and asks for what it does not tell: its collections, else the public client API. */
    public void ask(long statusId, ApNote note, FetchBudget budget) {
        ObjectUri uri = ObjectUri.parse(note.id());
        Optional<Long> likes = collections.total(note.likes(), uri, budget);
        Optional<Long> shares = collections.total(note.shares(), uri, budget);
        Optional<ObjectNode> answer = likes.isPresent() && shares.isPresent() ? Optional.empty() : rest.get(uri, budget);
        store(statusId, likes.or(() -> number(answer, "favourites_count")), shares.or(() -> number(answer, "reblogs_count")));
    }

    private static Optional<Long> number(Optional<ObjectNode> answer, String name) {
        return answer.map(json -> json.path(name)).filter(value -> value.isIntegralNumber()).map(value -> value.longValue());
    }

    private void store(long statusId, Optional<Long> likes, Optional<Long> shares) {
        database.execute("""
            update status_counter set origin_favourites_count = coalesce($2, origin_favourites_count),
              origin_reblogs_count = coalesce($3, origin_reblogs_count)
            where status_id = $1""", statusId, likes.map(OriginNumbers::bounded).orElse(null), shares.map(OriginNumbers::bounded).orElse(null));
    }

    private static Integer bounded(long number) {
        return (int) Math.clamp(number, 0, MAXIMUM);
    }
}
