package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import social.dunlin.testing.TestPostgres;

/** Federation with a server made by others: the library Fedify signs, verifies and reads as its authors thought right. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FedifyIT {
    private static final String HOST = "gamma.test";
    private final TestPostgres postgres = TestPostgres.start();
    private Server server;

    @BeforeAll
    void start() {
        server = Server.overHttps("alpha.test", postgres.uriOf(postgres.freshDatabase())).with("DUNLIN_FEDERATION_INTEGRITY_PROOFS", "true").start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** Both forms of HTTP signatures in both directions, and proofs of the suite eddsa-jcs-2022 (FEP-8b32) of what is sent. */
    @Test
    void followsPostsSignaturesAndProofsAreUnderstoodOnBothSides() {
        Api alice = server.newUser("alice");
        JsonNode told = NodeScript.run("fedify.mjs", server.base(), "alice", alice.token(), HOST,
            TestAuthority.get().keyStoreFor(HOST).toString(), TestAuthority.PASSWORD);
        String uri = server.base() + "/users/alice";
        assertEquals(uri, told.get("person").asText());
        assertVerified(told.get("accept"), "Accept", "cavage", uri);
        assertVerified(told.get("asCavage"), "Create", "cavage", uri);
        assertVerified(told.get("asRfc9421"), "Create", "rfc9421", uri);
        assertEquals("Fay of Fedify", told.get("displayName").asText());
        String handle = told.get("handle").asText();
        assertEquals(List.of(handle, handle), List.of(told.at("/authors/0").asText(), told.at("/authors/1").asText()));
    }

    private static void assertVerified(JsonNode received, String type, String scheme, String signer) {
        assertEquals(type, received.get("type").asText());
        assertEquals(scheme, received.get("scheme").asText(), "form of the signature");
        assertEquals(signer, received.get("signedBy").asText(), "whose HTTP signature Fedify verified");
        assertEquals(received.get("id").asText(), received.get("provenId").asText(), "what the proof proves to Fedify");
    }
}
