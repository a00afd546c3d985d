package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What other servers may try with addresses, identities and keys, done to a whole server by servers that do it: rows of
 * the reference of hostile inputs. Whether something was not done is seen after a later activity of the same sender was.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileAddressesIT extends HostileWorld {
    @Test
    void hostileInput01And08And13_privateAddressesAreAskedNeitherBySearchNorForKeysNorForPreviews() {
        String theirs = postgres.freshDatabase();
        // A server that nobody else asks.
        try (FakeServer within = FakeServer.start(); Server guarded = Server.overHttps("beta.test", postgres.uriOf(theirs))
                .with("DUNLIN_FEDERATION_ALLOWED_PRIVATE_CIDRS", "").start()) {
            Api carol = guarded.newUser("carol");
            FakeServer.Person somebody = within.person("unreachable");
            assertTrue(search(carol, somebody.handle()).isEmpty());
            assertTrue(search(carol, somebody.uri()).isEmpty());
            int answer = somebody.send(guarded, somebody.activity("Follow", guarded.base() + "/users/carol")).status();
            assertTrue(answer == 401 || answer == 503, "answer " + answer);
            carol.post("/api/v1/statuses", Map.of("status", "Look at " + within.base() + "/page"));
            Await.until("The preview was tried", () -> postgres.query(theirs,
                "select count(*) from job where kind = 'preview-card' and (attempts = 0 or state = 'running')").iterator().next().getLong(0) == 0);
            assertEquals(List.of(), within.requests(), "nothing was asked");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELF", "https://169.254.169.254/", "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd", "http://gamma.test/x", "CHAIN"})
    void hostileInput07_webFingerIsNotLedElsewhere(String where) {
        try (FakeServer other = FakeServer.start()) {
            FakeServer.Person lost = other.person("lost");
            String target = FakeServer.fingerTarget(lost.handle());
            other.on(target, FakeServer.redirect(switch (where) {
                case "SELF" -> other.base() + target;
                case "CHAIN" -> other.base() + "/hop/1";
                default -> where;
            }));
            IntStream.rangeClosed(1, 30).forEach(hop -> other.on("/hop/" + hop, FakeServer.redirect(other.base() + "/hop/" + (hop + 1))));
            assertTrue(search(anna, lost.handle()).isEmpty());
            assertTrue(other.requests().size() <= 4, () -> "three hops at most: " + other.requests());
        }
    }

    @Test
    void hostileInput10_redirectOfASignedFetchToAPrivateAddressIsRefused() {
        evil.on("/users/inward", FakeServer.redirect("https://10.0.0.1/users/inward"));
        assertTrue(search(anna, evil.base() + "/users/inward").isEmpty());
    }

    @Test
    void hostileInput10_theSignatureForOneHostIsNotShownToAnother() {
        home.on("/users/onward", FakeServer.redirect(evil.base() + "/users/arrived"));
        assertTrue(search(anna, home.base() + "/users/onward").isEmpty());
        String first = signatureSeen(home, "/users/onward");
        String second = signatureSeen(evil, "/users/arrived");
        assertTrue(second.contains("(request-target) host date") && !second.equals(first), "followed, and signed anew for the second host: " + second);
        assertTrue(evil.requests().stream().noneMatch(request -> first.equals(request.signature())));
    }

    @Test
    void hostileInput11_redirectsInACircleAreLeft() {
        evil.on("/circle/1", FakeServer.redirect(evil.base() + "/circle/2"));
        evil.on("/circle/2", FakeServer.redirect(evil.base() + "/circle/1"));
        assertTrue(search(anna, evil.base() + "/circle/1").isEmpty());
        assertTrue(evil.requests("/circle/1") + evil.requests("/circle/2") <= 4);
    }

    @Test
    void hostileInput11_anUnreachableKeyIsAskedForOnceAmidAFlood() {
        FakeServer.Person keyless = new FakeServer.Person(evil, "keyless", mallory.keys());
        evil.on("/users/keyless", exchange -> exchange.sendResponseHeaders(503, -1));
        for (int number = 0; number < 20; number++) {
            int answer = keyless.send(server, keyless.activity("Follow", annaUri)).status();
            assertTrue(answer == 401 || answer == 503, "answer " + answer);
        }
        assertEquals(1, evil.requests("/users/keyless"));
    }

    @Test
    void hostileInput19_aNoteBehindARedirectIsNotTheFirstHosts() {
        ObjectNode forged = friend.note("forged", "I never said this");
        home.on("/users/friend/notes/forged", FakeServer.redirect(evil.base() + "/copy"));
        evil.serve("/copy", forged);
        assertTrue(search(anna, forged.get("id").asText()).isEmpty());
        assertNotStored(forged);
    }

    @Test
    void hostileInput20_anActorAndANoteUnderAForeignIdAreNotStored() {
        FakeServer.Person victim = new FakeServer.Person(home, "victim", mallory.keys());
        evil.serve("/posing", victim.document());
        evil.serve("/posing-note", friend.note("posing", "I never said this either"));
        assertTrue(search(anna, evil.base() + "/posing").isEmpty());
        assertTrue(search(anna, evil.base() + "/posing-note").isEmpty());
        assertEquals(0, count("account where uri = '" + victim.uri() + "'"));
        assertNotStored(friend.note("posing", ""));
    }

    @Test
    void hostileInput25_whatAnAnnounceBringsAlongIsNotTaken() {
        ObjectNode genuine = friend.note("announced", "The genuine words");
        home.serve(genuine);
        ObjectNode forged = genuine.deepCopy().put("content", "The forged words");
        mallory.send(server, mallory.activity("Announce", forged)).ok();
        Await.until("The boost arrives", () -> count("status join status original on original.id = status.reblog_of_id where original.uri = '"
            + genuine.get("id").asText() + "'") == 1);
        assertTrue(anna.findInHome("The genuine words").isPresent());
        assertFalse(anna.findInHome("The forged words").isPresent());
    }

    @Test
    void hostileInput26_anActivityOfAnotherThanTheSignerIsUnauthorized() {
        ObjectNode activity = friend.activity("Create", friend.note("unsigned", "Not mine"));
        assertEquals(401, mallory.send(server, activity).status());
        // Local people cannot be spoken for either, whoever signs.
        int forAnna = mallory.send(server, mallory.activity("Follow", server.base() + "/users/ben").put("actor", annaUri)).status();
        assertTrue(forAnna == 401 || forAnna == 403, "answer " + forAnna);
        assertNotStored(friend.note("unsigned", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyId", "headers", "signature", "HEADER"})
    void hostileInput28_duplicateParametersOfASignatureAreABadRequest(String name) {
        String body = mallory.activity("Follow", annaUri).toString();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.base() + "/inbox"))
            .header("Content-Type", FakeServer.ACTIVITY_JSON).POST(HttpRequest.BodyPublishers.ofString(body));
        mallory.signature("POST", server.base() + "/inbox", body).forEach(header -> {
            String value = header.value();
            boolean signature = header.name().equals("Signature");
            if (signature && name.equals("HEADER")) {
                request.header(header.name(), value);
            } else if (signature) {
                value += "," + value.replaceFirst(".*(" + name + "=\"[^\"]*\").*", "$1");
            }
            request.header(header.name(), value);
        });
        assertEquals(400, Api.send(request.build()).status());
    }

    @Test
    void hostileInput29_aKeyDocumentOfSomebodyElseIsNotBelieved() {
        FakeServer.Person thief = new FakeServer.Person(evil, "thief", mallory.keys());
        JsonNode stolen = Api.JSON.createObjectNode().put("id", friend.keyId()).put("owner", friend.uri())
            .put("publicKeyPem", thief.document().at("/publicKey/publicKeyPem").asText());
        evil.serve("/users/thief", stolen);
        assertEquals(401, thief.send(server, thief.activity("Follow", annaUri)).status());
        assertEquals(401, thief.send(server, thief.activity("Follow", annaUri).put("actor", friend.uri())).status());
        assertEquals(0, count("account_key where key_id = '" + thief.keyId() + "'"));
        assertEquals(202, friend.send(server, friend.activity("Like", "https://example.org/1")).status(), "the true key still counts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OTHER/inbox", "http://gamma.test/inbox", "https://user:password@gamma.test/inbox", "https://gämma.test/inbox", "LONG"})
    void hostileInput31_anActorWithSuchAnInboxIsRefused(String inbox) {
        FakeServer.Person crooked = evil.person("crooked" + Math.abs(inbox.hashCode()));
        evil.serve(crooked.document().put("inbox", address(inbox)));
        assertTrue(search(anna, crooked.handle()).isEmpty());
        assertEquals(0, count("account where uri = '" + crooked.uri() + "'"));
    }

    @Test
    void hostileInput31_otherAddressesElsewhereAreDropped() {
        FakeServer.Person spread = evil.person("spread");
        ObjectNode document = spread.document().put("outbox", home.base() + "/outbox").put("followers", address("LONG")).put("featured", "http://127.0.0.1/");
        document.withObject("/endpoints").put("sharedInbox", home.base() + "/inbox");
        evil.serve(document);
        assertEquals(1, search(anna, spread.handle()).size());
        assertEquals(1, count("account where uri = '" + spread.uri()
            + "' and shared_inbox_url is null and outbox_url is null and followers_url is null and featured_url is null"));
    }

    @Test
    void hostileInput32_aCreateByAnotherDoesNotWidenAnAudience() {
        JsonNode secret = anna.post("/api/v1/statuses", Map.of("status", "For followers alone", "visibility", "private"));
        String uri = secret.get("uri").asText();
        ObjectNode byReference = mallory.activity("Create", uri);
        byReference.putArray("to").add(server.base() + "/users/ben");
        ObjectNode embedded = mallory.activity("Create", mallory.note("wider", "x", server.base() + "/users/ben").put("id", uri));
        assertEquals(202, mallory.send(server, byReference).status());
        assertEquals(202, mallory.send(server, embedded).status());
        settled(mallory);
        assertEquals(404, ben.send("GET", "/api/v1/statuses/" + secret.get("id").asText(), null).status());
        assertEquals("<p>For followers alone</p>", anna.get("/api/v1/statuses/" + secret.get("id").asText()).get("content").asText());
    }

    @Test
    void hostileInput34_anActorUpdatesNobodyButItself() {
        ObjectNode asAnna = mallory.document().put("id", annaUri).put("name", "Taken over").put("preferredUsername", "anna");
        ObjectNode asFriend = mallory.document().put("id", friend.uri()).put("name", "Taken over");
        ObjectNode keyless = mallory.document();
        keyless.withObject("/publicKey").put("owner", annaUri);
        for (ObjectNode document : List.of(asAnna, asFriend, keyless)) {
            assertEquals(202, mallory.send(server, mallory.activity("Update", document)).status());
        }
        settled(friend);
        assertEquals(0, count("account where display_name = 'Taken over'"));
        assertEquals(0, count("account_key join account on account.id = account_key.account_id where account.uri = '" + annaUri
            + "' and key_id not like '" + annaUri + "%'"));
        // The key that claimed another owner is gone, so Mallory comes back only with the true document.
        mallory.send(server, mallory.activity("Update", mallory.document()));
        settled(mallory);
    }

    @Test
    void hostileInput37_everySpellingOfAHostIsOneHostOrNone() {
        FakeServer.Person spelled = evil.person("spelled");
        String id = search(anna, spelled.handle()).get(0).get("id").asText();
        String port = evil.domain().substring(evil.domain().indexOf(':'));
        for (String host : List.of("GAMMA.TEST", "Gamma.Test", "gamma.test.", "ｇamma.test")) {
            for (JsonNode found : search(anna, "spelled@" + host + port)) {
                assertEquals(id, found.get("id").asText(), host);
            }
        }
        int before = evil.requests().size();
        for (String host : List.of("%67amma.test" + port, "gamma.test" + port + "%2f@evil", "gam_ma.test" + port, "2130706433" + port,
            "127.1" + port, "0x7f000001" + port)) {
            assertTrue(search(anna, "spelled@" + host).isEmpty(), host);
        }
        assertEquals(before, evil.requests().size());
        assertEquals(1, count("account where username = 'spelled'"));
    }

    private String address(String pattern) {
        return pattern.equals("LONG") ? evil.base() + "/" + "x".repeat(65_536) : pattern.replace("OTHER", home.base());
    }

    private String signatureSeen(FakeServer where, String path) {
        return where.requests().stream().filter(request -> request.target().equals(path)).findFirst().orElseThrow().signature();
    }
}
