package social.dunlin.federation.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.activitypub.ActivityJson;
import social.dunlin.activitypub.MalformedDocument;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.signature.IntegrityProof;
import social.dunlin.federation.signature.Keys;
import social.dunlin.federation.signature.Multikey;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.TestConfiguration;
import social.dunlin.testing.Village;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProofsTest {
    private static final KeyPair KEY = Keys.generateEd25519();

    private FederationWorld world;
    private ProofCheck check;

    @BeforeAll
    void begin(Database database, Vertx vertx, PgConnectOptions options) {
        world = new FederationWorld(database, vertx, options);
        check = new ProofCheck(world.keys);
        database.execute("""
            insert into account_key (key_id, account_id, algorithm, public_key, private_key)
            values ('https://village.example/users/alice#ed25519-key', $1, 'ed25519', $2, $3)""",
            Village.ALICE, Keys.writePublicPem(KEY.getPublic()), Keys.writePrivatePem(KEY.getPrivate()));
    }

    @AfterAll
    void end() {
        world.close();
    }

    private OutgoingProofs outgoing(boolean wanted) {
        return new OutgoingProofs(world.signingKeys, TestConfiguration.of(Map.of("dunlin.federation.integrity-proofs", Boolean.toString(wanted))));
    }

    private String create(long author) {
        return world.activities.made(world.posts.post(author, "provable", Visibility.PUBLIC)).toString();
    }

    @Test
    void activityIsProvenByItsAuthorsKeyWhenThatIsWished() throws MalformedDocument {
        String body = create(Village.ALICE);
        ObjectNode proven = ActivityJson.parseObject(outgoing(true).proven(Village.ALICE, body).getBytes(StandardCharsets.UTF_8));
        List<IntegrityProof> proofs = IntegrityProof.of(proven);
        assertEquals("https://village.example/users/alice#ed25519-key", proofs.getFirst().verificationMethod());
        assertTrue(proofs.getFirst().verifies(KEY.getPublic(), Instant.now()));
        assertTrue(proven.get("@context").toString().contains("https://w3id.org/security/data-integrity/v2"));
        assertEquals(proven.get("@context"), proven.at("/proof/@context"));
    }

    @Test
    void activityIsLeftAloneOtherwise() {
        String body = create(Village.ALICE);
        assertEquals(body, outgoing(false).proven(Village.ALICE, body));
        assertEquals(body, outgoing(true).proven(Village.BOB, body), "no key, no proof");
    }

    /** An actor with a key for proofs, who is not stored yet. */
    private String prover(String server, String name) {
        String uri = world.settle(server, name);
        world.fediverse.serve(uri, world.actor(server, name).replaceFirst("\\}\\}$",
            "}, \"assertionMethod\": [{\"id\": \"%1$s#proofs\", \"type\": \"Multikey\", \"controller\": \"%1$s\", \"publicKeyMultibase\": \"%2$s\"}]}"
                .formatted(uri, Multikey.encode(KEY.getPublic()))));
        return uri;
    }

    private boolean isProven(String actor, String id, String keyId) throws MalformedDocument {
        ObjectNode activity = ActivityJson.parseObject("""
            {"@context": "https://www.w3.org/ns/activitystreams", "id": "%s", "type": "Create", "actor": "%s", "object": "%s/1"}"""
            .formatted(id, actor, actor).getBytes(StandardCharsets.UTF_8));
        String proven = IntegrityProof.sign(activity, keyId, KEY.getPrivate(), Instant.now()).toString();
        return check.isProven(Vocabulary.activity(ActivityJson.parse(proven.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void keyOfAnActorNeverSeenIsFoundInItsDocument() throws MalformedDocument {
        String actor = prover("far", "proving");
        assertTrue(isProven(actor, actor + "#1", actor + "#proofs"));
    }

    @Test
    void keyOfSomebodyElseProvesNothing() throws MalformedDocument {
        String actor = prover("far", "self");
        String neighbour = prover("far", "neighbour");
        assertFalse(isProven(actor, actor + "#1", neighbour + "#proofs"));
        String evil = prover("evil", "stranger");
        world.fediverse.forgetRequests();
        assertFalse(isProven(actor, actor + "#1", evil + "#proofs"));
        assertEquals(0, world.fediverse.count(evil), "a key that cannot be the actor's is not fetched");
        assertFalse(isProven(actor, evil + "#1", actor + "#proofs"), "an activity lives where its actor does");
    }

    @Test
    void activityWithoutProofIsNotProven() throws MalformedDocument {
        String actor = prover("far", "bare");
        assertFalse(check.isProven(Vocabulary.activity(ActivityJson.parse(
            "{\"type\": \"Create\", \"actor\": \"%1$s\", \"object\": \"%1$s/1\"}".formatted(actor).getBytes(StandardCharsets.UTF_8)))));
    }
}
