package social.dunlin.federation.worker.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.federation.worker.inbox.InboxWorld.activity;
import static social.dunlin.federation.worker.inbox.InboxWorld.quoted;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

/** Documents of others, signed by them or not, in the hands of somebody else. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForwardedDocumentsTest {
    private InboxWorld inbox;

    @BeforeAll
    void begin(Database database, Vertx vertx, PgConnectOptions options) {
        inbox = new InboxWorld(database, vertx, options);
    }

    @AfterAll
    void end() {
        inbox.close();
    }

    /** Nobody's LD signature is asked: who signed the request is the only one who speaks, and only the top of the document is read. */
    @Test
    void hostileInput47_rearrangedSignedDocumentsOfOthersHaveNoEffect() {
        Account victim = inbox.actor("victim", "v47");
        Account evil = inbox.actor("evil", "e47");
        Status post = inbox.federation.posts.post(Village.ALICE, "boosted", Visibility.PUBLIC);
        String announce = activity(victim.uri(), "Announce", quoted(post.uri()));
        inbox.receive(victim.uri(), announce);
        String undo = activity(victim.uri(), "Undo", announce);
        String signature = """
            "signature": {"type": "RsaSignature2017", "creator": "%s#main-key", "signatureValue": "c2lnbmVk"}""".formatted(victim.uri());
        inbox.receive(evil.uri(), undo.replaceFirst("\\{", "{" + signature + ", "));
        for (String keyword : List.of("@graph", "@included", "@reverse")) {
            String rearranged = """
                {"id": "%1$s#wrapped%5$s", "type": "Ignore", "actor": "%1$s", "object": "%2$s", "%5$s": [%3$s], %4$s}"""
                .formatted(evil.uri(), post.uri(), undo, signature, keyword);
            inbox.receive(evil.uri(), rearranged);
            inbox.receive(evil.uri(), rearranged.replace("\"Ignore\"", "\"Undo\""));
        }
        assertEquals(1, inbox.federation.posts.statuses.byId(post.id()).orElseThrow().reblogsCount());
    }

    @Test
    void hostileInput49_forwardedProfileWithALaterAddedMemberIsNotTaken() {
        Account victim = inbox.actor("victim", "v49");
        Account evil = inbox.actor("evil", "e49");
        String changed = inbox.federation.actor("victim", "v49").replace("\"name\"", "\"attributionDomains\": [\"evil.example\"], \"name\"");
        inbox.receive(evil.uri(), activity(victim.uri(), "Update", changed));
        inbox.receive(evil.uri(), activity(evil.uri(), "Update", changed));
        assertFalse(inbox.database.exists("select from account where id = $1 and attribution_domains <> '{}'", victim.id()));
        inbox.receive(victim.uri(), activity(victim.uri(), "Update", changed));
        assertTrue(inbox.database.exists("select from account where id = $1 and attribution_domains = '{evil.example}'", victim.id()));
    }
}
