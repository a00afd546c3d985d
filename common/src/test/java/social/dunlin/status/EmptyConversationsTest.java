package social.dunlin.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static social.dunlin.testing.Village.ALICE;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.id.Snowflakes;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

@ExtendWith(DatabaseExtension.class)
class EmptyConversationsTest {
    @Test
    void threadsWithoutPostsGoUnlessMutedOrJustBegun(Database database) {
        Village.settle(database);
        long young = Snowflakes.floor(Instant.now().minus(Duration.ofHours(1)));
        for (long id : new long[] {1, 2, 3, young}) {
            database.execute("insert into conversation (id, uri) values ($1, 'https://far.example/contexts/' || $1)", id);
        }
        database.execute("""
            insert into status (id, account_id, uri, local, visibility, conversation_id, created_at)
            values (1, $1, 'https://village.example/1', true, 'public', 2, now())""", ALICE);
        database.execute("insert into conversation_mute (account_id, conversation_id) values ($1, 3)", ALICE);
        database.execute("insert into private_conversation (account_id, conversation_id, participant_ids) values ($1, 1, '{}')", ALICE);
        new EmptyConversations(database).run();
        new EmptyConversations(database).run();
        assertEquals(List.of(2L, 3L, young), database.list("select id from conversation order by id", row -> row.getLong("id")));
    }
}
