package social.dunlin.api.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.ERIN;
import static social.dunlin.testing.Village.FRIDA;
import static social.dunlin.testing.Village.GUSTAV;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.status.Status;
import social.dunlin.status.StatusWorld;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.GoldenFile;
import social.dunlin.visibility.Viewer;

/** Posts, a boost, a poll, media and a quote as they stand in the golden files, in the village. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
abstract class EntityStage {
    static final ObjectMapper JSON = new ObjectMapper();
    static final long POST = 5001;
    static final long REMOTE = 5002;
    static final long BOOST = 5003;

    StatusWorld world;
    Database database;
    Renderers renderers;

    @BeforeAll
    void settle(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        world = new StatusWorld(database, vertx, options);
        renderers = new Renderers(world, world.village.domains()::defaultDomain, JSON);
        write();
    }

    private void write() {
        database.execute("insert into conversation (id) values ($1)", POST);
        database.execute("insert into oauth_application (client_id, client_secret_hash, name, website, redirect_uris, scopes) values ('c', '', 'Quill', 'https://quill.example', '{}', '{}')");
        status(POST, ALICE, "https://village.example/users/alice/statuses/5001", "public", "Careful", "<p>Look :wave:</p>", null);
        database.execute("""
            update status set local = true, url = 'https://village.example/@alice/5001', text_source = 'Look :wave:', emojis = '{wave}',
              application_id = (select id from oauth_application) where id = $1""", POST);
        status(REMOTE, FRIDA, "https://far.example/notes/1", "unlisted", "", "<p>From afar</p>", null);
        database.execute("update status set url = 'https://far.example/@frida/1', in_reply_to_id = $2, in_reply_to_account_id = $3, edited_at = '2026-02-03T05:00:00Z' where id = $1",
            REMOTE, POST, ALICE);
        status(BOOST, BOB, "https://village.example/users/bob/statuses/5003/activity", "public", "", "", POST);
        database.execute("update status set local = true where id = $1", BOOST);
        database.execute("insert into custom_emoji (host, shortcode, url, static_url) values ('', 'wave', 'https://village.example/e/wave.gif', 'https://village.example/e/wave.png')");
        database.execute("insert into mention (status_id, account_id) values ($1, $2), ($1, $3), ($1, $4)", POST, BOB, ERIN, GUSTAV);
        database.execute("insert into mention (status_id, account_id, silent) values ($1, $2, true)", POST, DORA);
        database.execute("insert into tag (name, display_name) values ('straße', 'Straße')");
        database.execute("insert into status_tag (status_id, tag_id) select $1, id from tag", POST);
        database.execute("""
            insert into media_attachment (id, account_id, status_id, type, blob, preview_blob, content_type, description, blurhash, focus_x, focus_y, meta)
            values (6001, $1, $2, 'image', 'ab/cd.png', 'ab/cd-small.png', 'image/png', 'A duck', 'UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH', 0.5, -0.25,
              '{"original":{"width":640,"height":480,"size":"640x480","aspect":1.3333333}}')""", ALICE, POST);
        database.execute("""
            insert into media_attachment (id, account_id, status_id, type, remote_url) values (6002, $1, $2, 'video', 'https://far.example/m.mp4')""", FRIDA, REMOTE);
        database.execute("""
            insert into poll (id, status_id, account_id, options, tallies, multiple, hide_totals, votes_count, voters_count, expires_at)
            values (7001, $1, $2, '{"Yes :wave:",No}', '{2,1}', true, false, 3, 2, '2126-01-01T00:00:00Z')""", POST, ALICE);
        database.execute("insert into poll_vote (poll_id, account_id, choice) values (7001, $1, 0)", BOB);
        database.execute("insert into quote (status_id, quoted_status_id, state) values ($1, $2, 'accepted'), ($2, $1, 'accepted')", POST, REMOTE);
        database.execute("update status_counter set replies_count = 1, reblogs_count = 1, favourites_count = 2, quotes_count = 1 where status_id = $1", POST);
        database.execute("insert into favourite (account_id, status_id) values ($1, $2)", BOB, POST);
        database.execute("insert into bookmark (account_id, status_id) values ($1, $2)", BOB, POST);
        database.execute("insert into status_pin (account_id, status_id) values ($1, $2)", ALICE, POST);
    }

    private void status(long id, long author, String uri, String visibility, String spoiler, String content, Long reblogOf) {
        database.execute("""
            insert into status (id, account_id, uri, local, visibility, spoiler_text, content, language, sensitive, conversation_id, reblog_of_id, created_at)
            values ($1, $2, $3, false, $4, $5, $6, 'en', $5 <> '', $7, $8, '2026-02-03T04:05:06.007Z')""",
            id, author, uri, visibility, spoiler, content, POST, reblogOf);
        database.execute("insert into status_counter (status_id) values ($1)", id);
    }

    final Status stored(long id) {
        return world.statuses.byId(id).orElseThrow();
    }

    /** Written anew, and asserted to be the same as what is put together, twice: first it may be written, then it is kept. */
    final StatusEntity rendered(Status status, Viewer viewer) {
        StatusEntity entity = renderers.entities.render(stored(status.id()), viewer);
        try {
            String expected = new String(JSON.writeValueAsBytes(entity), StandardCharsets.UTF_8);
            for (int time = 0; time < 2; time++) {
                assertEquals(expected, new String(renderers.posts.render(status, viewer).utf8(), StandardCharsets.UTF_8));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return entity;
    }

    static JsonNode check(String name, Object entity) {
        try {
            GoldenFile.check(Path.of("entity", name + ".json"), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(entity) + "\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return JSON.valueToTree(entity);
    }
}
