package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import social.dunlin.database.Database;
import social.dunlin.id.Snowflakes;
import social.dunlin.queue.PeriodicTask;

/** Deletes threads whose posts are all gone. A muted one stays: by the name its origin gave it, posts may come to it again. */
@ApplicationScoped
public class EmptyConversations implements PeriodicTask {
    private static final int AT_ONCE = 5_000;
    private static final Logger LOG = Logger.getLogger(EmptyConversations.class);
    private static final String EMPTY = """
        not exists (select from status where status.conversation_id = conversation.id)
          and not exists (select from conversation_mute where conversation_mute.conversation_id = conversation.id)""";

    private final Database database;

    public EmptyConversations(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "empty-conversations";
    }

    @Override
    public Duration interval() {
        return Duration.ofDays(1);
    }

    @Override
    public void run() {
        long before = Snowflakes.floor(Instant.now().minus(Duration.ofDays(1)));
        int deleted = 0;
        long after = 0;
        List<Long> empty = List.of();
        while (!(empty = empty(after, before)).isEmpty()) {
            after = empty.getLast();
            deleted += delete(empty);
        }
        LOG.debugf("%d empty conversations deleted", deleted);
    }

    /** Indexes: conversation_pkey, status_by_conversation, conversation_mute_of_conversation. */
    private List<Long> empty(long after, long before) {
        return database.list("select id from conversation where id > $1 and id < $2 and %s order by id limit $3".formatted(EMPTY),
            row -> row.getLong("id"), after, before, AT_ONCE);
    }

    /** As of actors: a post that comes meanwhile waits for the lock, fails, and begins the thread anew. */
    private int delete(List<Long> ids) {
        return database.transaction(() -> {
            Object locked = database.list("select id from conversation where id = any($1) order by id for update skip locked",
                row -> row.getLong("id"), (Object) ids.toArray(Long[]::new)).toArray(Long[]::new);
            return database.execute("delete from conversation where id = any($1) and %s".formatted(EMPTY), locked);
        });
    }
}
