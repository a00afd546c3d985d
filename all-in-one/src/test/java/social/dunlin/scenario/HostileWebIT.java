package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What visitors, clients and guests may try: rows of the reference of hostile inputs, done to a whole server that
 * serves two domains with people of the same names.
 */
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileWebIT extends HostileWebWorld {
    private static final List<String> HIDDEN = List.of("private", "direct", "local", "local-unlisted");

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "https://evil.example/", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "javascript:alert(1)", "evil.example"})
    void hostileInput74_logInLeadsNowhereElse(String wanted) {
        Api.Answer answer = new Visitor(server.base()).tryToSignIn("anna", password("anna", server.domain()), wanted);
        assertEquals(303, answer.status());
        assertEquals("/", Visitor.location(answer));
    }

    /** A browser follows a link with the query's token and asks for HTML first. */
    @Test
    void hostileInput73_namesThatAreMarkupAreNeverShownAsAPage() {
        String markup = "<script>alert(1)</script>";
        JsonNode named = new Api(server.base(), null).post("/api/v1/apps", Map.of("client_name", markup, "redirect_uris", CALLBACK, "scopes", "read profile"));
        String ofApplication = redeem(Map.of("grant_type", "client_credentials", "client_id", named.get("client_id").asText(),
            "client_secret", named.get("client_secret").asText()), server.base()).ok().get("access_token").asText();
        JsonNode before = anna.get("/api/v1/accounts/verify_credentials");
        anna.send("PATCH", "/api/v1/accounts/update_credentials", Map.of("display_name", markup));
        String ofAnna = token(server.base(), "anna", password("anna", server.domain()));
        for (String path : List.of("/api/v1/apps/verify_credentials?access_token=" + ofApplication, "/oauth/userinfo?access_token=" + ofAnna,
                "/api/v1/accounts/verify_credentials?access_token=" + ofAnna, "/@anna")) {
            for (String accept : List.of("text/html", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")) {
                Api.Answer answer = Api.send(server.anonymous().request(path).header("Accept", accept).build());
                assertFalse(answer.status() >= 500, path);
                boolean page = !answer.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
                assertFalse(page && answer.body().contains(markup), path + " for " + accept + ": " + answer.body());
            }
        }
        anna.send("PATCH", "/api/v1/accounts/update_credentials", Map.of("display_name", before.get("display_name").asText()));
    }

    @Test
    void hostileInput74_noAddressOfOursLeadsElsewhereUnasked() {
        gamma.person("remote");
        anna.get("/api/v2/search?resolve=true&q=" + Visitor.encoded("@remote@" + gamma.domain()));
        for (String path : List.of("/redirect?to=//evil.example", "/redirect/statuses/1", "/@remote@" + gamma.domain(), "/@anna@evil.example/1",
                "/@remote@" + gamma.domain() + "/1", "//evil.example/%2e%2e", "/%5cevil.example", "/@anna/..//evil.example",
                    "/authorize_interaction?uri=https://evil.example",
                "/users/anna//evil.example", "/auth/sign_out?return_to=//evil.example")) {
            Api.Answer answer = new Visitor(server.base()).get(path);
            URI location = URI.create(server.base()).resolve(Visitor.location(answer));
            assertEquals("alpha.test", location.getHost(), path + " leads to " + location);
        }
    }

    @Test
    void hostileInput76_whatIsNotForEverybodyIsInNoPublicOutput() {
        FakeServer.Person stranger = gamma.person("stranger");
        String open = anna.post("/api/v1/statuses", Map.of("status", "An open word #hush")).get("id").asText();
        List<String> hidden = new ArrayList<>();
        for (String visibility : HIDDEN) {
            String id = anna.post("/api/v1/statuses", Map.of("status", "Hushed " + visibility + " #hush", "visibility", visibility, "in_reply_to_id",
                open)).get("id").asText();
            anna.send("POST", "/api/v1/statuses/" + id + "/pin", Map.of());
            hidden.add(id);
        }
        Api nobody = server.anonymous();
        for (String id : hidden) {
            String document = annaUri + "/statuses/" + id;
            for (String part : List.of("", "/activity", "/replies", "/likes", "/shares")) {
                assertEquals(404, stranger.get(document + part).status(), document + part);
                assertEquals(404, activity(nobody, "/users/anna/statuses/" + id + part).status(), document + part);
            }
            assertEquals(404, activity(nobody, "/@anna/" + id).status());
            assertEquals(404, new Visitor(server.base()).get("/@anna/" + id).status());
            for (String part : List.of("", "/context", "/history", "/favourited_by", "/reblogged_by")) {
                assertEquals(404, nobody.send("GET", "/api/v1/statuses/" + id + part, null).status(), part);
            }
        }
        for (String path : List.of("/", "/@anna", "/@anna/" + open, "/tags/hush", "/@anna.rss", "/@anna.atom", "/@anna/" + open + "/embed", "/sitemap.xml",
                "/api/oembed?url=" + Visitor.encoded(server.base() + "/@anna/" + open))) {
            assertFalse(new Visitor(server.base()).get(path).body().contains("Hushed"), path);
        }
        for (String path : List.of("/api/v1/timelines/public", "/api/v1/timelines/public?local=true", "/api/v1/timelines/tag/hush",
            "/api/v1/accounts/" + annaId + "/statuses",
                "/api/v1/accounts/" + annaId + "/statuses?pinned=true", "/api/v1/statuses/" + open + "/context")) {
            Api.Answer answer = nobody.send("GET", path, null);
            assertEquals(200, answer.status(), path);
            assertFalse(answer.body().contains("Hushed"), path);
        }
        for (String part : List.of("/outbox?page=true", "/collections/featured", "/statuses/" + open + "/replies", "")) {
            for (Api.Answer answer : List.of(stranger.get(annaUri + part), activity(nobody, "/users/anna" + part))) {
                assertEquals(200, answer.status(), part);
                assertFalse(answer.body().contains("Hushed") || hidden.stream().anyMatch(answer.body()::contains), part);
            }
        }
    }

    @Test
    void hostileInput76_whatStandsBehindAWarningIsNotInPreviews() {
        String id = anna.post("/api/v1/statuses", Map.of("status", "The murderer is the gardener", "spoiler_text", "End of the story")).get("id").asText();
        String page = new Visitor(server.base()).get("/@anna/" + id).body();
        assertTrue(page.contains("End of the story"));
        assertFalse(page.substring(0, page.indexOf("</head>")).contains("gardener"));
    }

    @Test
    void hostileInput88_idsOfOthersAreNotFound() {
        String post = anna.post("/api/v1/statuses", Map.of("status", "Liked by Ben")).get("id").asText();
        ben.post("/api/v1/statuses/" + post + "/favourite");
        JsonNode notification = Await.present("Anna hears of it", () -> {
            JsonNode all = anna.get("/api/v1/notifications?types[]=favourite");
            return all.isEmpty() ? Optional.<JsonNode>empty() : Optional.of(all.get(0));
        });
        String id = notification.get("id").asText();
        assertEquals(404, ben.send("GET", "/api/v1/notifications/" + id, null).status());
        ben.send("POST", "/api/v1/notifications/" + id + "/dismiss", Map.of());
        ben.send("POST", "/api/v1/notifications/dismiss", Map.of("id", id));
        assertEquals(200, anna.send("GET", "/api/v1/notifications/" + id, null).status(), "Ben dismisses nothing of Anna's");

        JsonNode poll = anna.post("/api/v1/statuses", Map.of("status", "For followers", "visibility", "private",
            "poll", Map.of("options", List.of("yes", "no"), "expires_in", 3600)));
        String pollId = poll.at("/poll/id").asText();
        assertEquals(404, ben.send("GET", "/api/v1/polls/" + pollId, null).status());
        assertEquals(404, ben.send("POST", "/api/v1/polls/" + pollId + "/votes", Map.of("choices", List.of(0))).status());

        postgres.execute(database,
            "insert into media_attachment (id, account_id, type, remote_url) values (4711, %s, 'image', 'https://example.org/a.png')".formatted(annaId));
        int withMedia = ben.send("POST", "/api/v1/statuses", Map.of("status", "Not my picture", "media_ids", List.of("4711"))).status();
        assertTrue(withMedia == 404 || withMedia == 422, "answer " + withMedia);
        assertEquals(404, ben.send("GET", "/api/v1/media/4711", null).status());
        assertEquals(404, ben.send("POST", "/api/v1/follow_requests/" + annaId + "/authorize", Map.of()).status());
        assertEquals(404, ben.send("POST", "/api/v1/follow_requests/" + annaId + "/reject", Map.of()).status());
        for (String method : List.of("PUT", "DELETE")) {
            assertEquals(404, ben.send(method, "/api/v1/statuses/" + post, method.equals("PUT") ? Map.of("status", "mine") : null).status(), method);
        }
        assertEquals(404, ben.send("GET", "/api/v1/statuses/" + post + "/source", null).status());
        int pinned = ben.send("POST", "/api/v1/statuses/" + post + "/pin", Map.of()).status();
        assertTrue(pinned == 404 || pinned == 422, "answer " + pinned);
    }

    @Test
    void hostileInput88_nobodyGivesAwayAnotherPersonsAccount() {
        Visitor visitor = signInTo(server.base(), "ben", password("ben", server.domain()));
        Map<String, String> form = new HashMap<>(wish(application, CALLBACK, "S256", challenge()));
        form.put("form_token", visitor.formToken("/oauth/authorize?" + query(form)));
        form.put("decision", "allow");
        form.put("account_id", annaId);
        assertEquals(403, visitor.post("/oauth/authorize", form).status());
    }

    @Test
    void hostileInput97_anAnswerForOneReaderIsNotGivenToTheNext() {
        FakeServer.Person friend = gamma.person("friend");
        FakeServer.Person stranger = gamma.person("another");
        friend.send(server, friend.activity("Follow", annaUri)).ok();
        Await.until("The follow is accepted", () -> gamma.requests().stream().anyMatch(request -> request.body().contains("\"Accept\"")));
        String closed = anna.post("/api/v1/statuses", Map.of("status", "Among friends", "visibility", "private")).get("id").asText();
        String open = anna.post("/api/v1/statuses", Map.of("status", "Among all")).get("id").asText();
        assertEquals(200, friend.get(annaUri + "/statuses/" + closed).status());
        assertEquals(404, stranger.get(annaUri + "/statuses/" + closed).status());
        assertEquals(404, activity(server.anonymous(), "/users/anna/statuses/" + closed).status());
        assertEquals(200, friend.get(annaUri + "/statuses/" + open).status());

        String account = anna.get("/api/v1/accounts/lookup?acct=" + Visitor.encoded(friend.handle())).get("id").asText();
        anna.post("/api/v1/accounts/" + account + "/block");
        assertEquals(200, activity(server.anonymous(), "/users/anna/statuses/" + open).status());
        assertEquals(404, friend.get(annaUri + "/statuses/" + open).status());
        assertEquals(404, friend.get(annaUri + "/statuses/" + closed).status());
        assertFalse(friend.get(annaUri + "/outbox?page=true").body().contains("Among all"));
        assertTrue(activity(server.anonymous(), "/users/anna/outbox?page=true").body().contains("Among all"));
    }

    @Test
    void hostileInput106_tokensSessionsAndPasswordsOfOneDomainAreWorthNothingAtTheOther() {
        String token = token(server.base(), "anna", password("anna", server.domain()));
        assertEquals(200, new Api(server.base(), token).send("GET", "/api/v1/accounts/verify_credentials", null).status());
        assertEquals(401, new Api(beta, token).send("GET", "/api/v1/accounts/verify_credentials", null).status());
        assertEquals(401, new Api(beta, token).send("GET", "/api/v1/timelines/public", null).status());
        Visitor visitor = signInTo(server.base(), "anna", password("anna", server.domain()));
        assertTrue(visitor.isSignedIn());
        Visitor elsewhere = new Visitor(beta);
        elsewhere.cookies.putAll(visitor.cookies);
        assertFalse(elsewhere.isSignedIn());
        for (String name : List.of("anna", "anna@" + server.domain(), email("anna", server.domain()))) {
            assertEquals(422, new Visitor(beta).tryToSignIn(name, password("anna", server.domain()), "/").status(), name);
        }
    }

    @Test
    void hostileInput106_eachDomainKnowsItsOwnPeopleAlone() {
        String betasDomain = beta.substring("https://".length());
        Api atBeta = new Api(beta, null);
        assertEquals(404, atBeta.send("GET", "/.well-known/webfinger?resource=acct:anna@" + server.domain(), null).status());
        assertEquals(404, atBeta.send("GET", "/.well-known/webfinger?resource=acct:ben@" + betasDomain, null).status());
        assertEquals("acct:anna@" + betasDomain, atBeta.get("/.well-known/webfinger?resource=acct:anna@" + betasDomain).get("subject").asText());
        assertEquals(beta + "/users/anna", activity(atBeta, "/users/anna").json().get("id").asText());
        assertEquals(404, activity(atBeta, "/users/ben").status());
        assertEquals(404, new Visitor(beta).get("/@ben").status());
        assertEquals(betasAnna.get("/api/v1/accounts/verify_credentials").get("id"), atBeta.get("/api/v1/accounts/lookup?acct=anna").get("id"));
        assertEquals(betasDomain, atBeta.get("/api/v2/instance").get("domain").asText());
        assertEquals(server.domain(), server.anonymous().get("/api/v2/instance").get("domain").asText());
    }

    @Test
    void hostileInput106_postsOfOneDomainAreForeignAtTheOther() {
        String local = anna.post("/api/v1/statuses", Map.of("status", "Alphas own affairs", "visibility", "local")).get("id").asText();
        String open = anna.post("/api/v1/statuses", Map.of("status", "Alphas word to all #abroad")).get("id").asText();
        assertEquals(404, betasAnna.send("GET", "/api/v1/statuses/" + local, null).status());
        assertEquals(404, new Visitor(beta).get("/@anna/" + open).status());
        assertEquals(404, activity(new Api(beta, null), "/users/anna/statuses/" + open).status());
        assertTrue(ben.get("/api/v1/timelines/public?local=true").toString().contains("Alphas word"));
        for (String list : List.of("/api/v1/timelines/public?local=true", "/api/v1/timelines/tag/abroad?local=true")) {
            assertFalse(betasAnna.get(list).toString().contains("Alphas"), list);
            assertFalse(new Api(beta, null).get(list).toString().contains("Alphas"), list);
        }
        assertFalse(new Visitor(beta).get("/").body().contains("Alphas"));
        assertEquals("anna@" + server.domain(), betasAnna.get("/api/v1/statuses/" + open).at("/account/acct").asText());
        for (String action : List.of("PUT", "DELETE")) {
            assertEquals(404, betasAnna.send(action, "/api/v1/statuses/" + open, action.equals("PUT") ? Map.of("status", "taken") : null).status());
        }
    }

    @Test
    void hostileInput109And112_noSpellingOfThePathEscapesTheLimit() {
        try (Server limited = Server.overHttps("beta.test", postgres.uriOf(postgres.freshDatabase())).with("DUNLIN_LIMITS_ENABLED", "true").start()) {
            limited.createUser("carol", "carol@example.org", "correct horse carol", false);
            whoPostsIsToldHowMuchIsLeft(limited.newUser("dora"));
            Visitor visitor = new Visitor(limited.base());
            Map<String, String> right = Map.of("form_token", visitor.formToken("/auth/sign_in"), "email", "carol", "password", "correct horse carol");
            Map<String, String> wrong = new HashMap<>(right);
            wrong.put("password", "guessed");
            // A window may end amid the tries, so there are enough of them for two.
            Await.until("The tries are over", () -> visitor.post("/auth/sign_in", wrong).status() == 429);
            for (String path : List.of("/auth/sign_in", "/auth/sign_in/", "//auth/sign_in", "/auth//sign_in", "/auth/sign_in.json", "/auth/sign_in?x=1", "/AUTH/SIGN_IN",
                    "/auth/%73ign_in", "/auth/./sign_in", "/auth/x/../sign_in", "/%61uth/sign_in", "/auth/sign_in;x=1", "/auth/sign_in%20", "/auth/sign_in%00")) {
                Await.until(path + " lets nobody in", () -> letsNobodyIn(visitor, path, right, wrong));
            }
            assertFalse(visitor.isSignedIn());
            for (String spelling : List.of("CAROL", " carol", "carol ", "carol@" + limited.domain(), "@carol", "carol@example.org")) {
                Map<String, String> again = new HashMap<>(wrong);
                again.put("email", spelling);
                Await.until("The tries under this spelling end too", () -> visitor.post("/auth/sign_in", again).status() == 429);
            }
            Await.until("Guessing of codes ends too", () -> redeem(Map.of("grant_type", "authorization_code", "code", "guessed"), limited.base()).status() == 429);
        }
    }

    /** True when the limit held; false when its window has just ended, after which a plain try is no longer refused either. */
    private static boolean letsNobodyIn(Visitor visitor, String path, Map<String, String> right, Map<String, String> wrong) {
        Map<String, String> cookies = Map.copyOf(visitor.cookies);
        int answer = visitor.post(path, right).status();
        if (List.of(429, 404, 405, 400).contains(answer)) {
            return true;
        }
        visitor.cookies.clear();
        visitor.cookies.putAll(cookies);
        assertNotEquals(429, visitor.post("/auth/sign_in", wrong).status(), path + ": answer " + answer);
        Await.until("The tries of the next window are over too", () -> visitor.post("/auth/sign_in", wrong).status() == 429);
        return false;
    }

    /** The limits of an account are told with what they count, whatever else is tighter (behaviours §5). */
    private static void whoPostsIsToldHowMuchIsLeft(Api dora) {
        Api.Answer posted = dora.send("POST", "/api/v1/statuses", Map.of("status", "One"));
        assertEquals("300 299", limit(posted));
        String path = "/api/v1/statuses/" + posted.json().get("id").asText();
        assertEquals("300 298", limit(dora.send("POST", path + "/reblog", Map.of())));
        assertEquals("400 399", limit(dora.send("POST", "/api/v1/tags/tide/follow", Map.of())));
        assertEquals("30 29", limit(dora.send("POST", path + "/unreblog", Map.of())));
        assertEquals("30 28", limit(dora.send("DELETE", path, null)));
        assertTrue(posted.headers().firstValue("X-RateLimit-Reset").orElseThrow().matches("....-..-..T..:..:..\\.[0-9]{6}Z"));
    }

    private static String limit(Api.Answer answer) {
        return answer.headers().firstValue("X-RateLimit-Limit").orElseThrow() + " " + answer.headers().firstValue("X-RateLimit-Remaining").orElseThrow();
    }

    @Test
    void hostileInput110_logInDoesNotTellWhoExists() {
        Visitor visitor = new Visitor(server.base());
        Api.Answer known = visitor.tryToSignIn(email("anna", server.domain()), "wrong", "/");
        Api.Answer unknown = visitor.tryToSignIn(email("nina", server.domain()), "wrong", "/");
        assertEquals(known.status(), unknown.status());
        assertEquals(known.body().replace(email("anna", server.domain()), "NAME"), unknown.body().replace(email("nina", server.domain()), "NAME"));
    }

    @Test
    void hostileInput115_cookiesAndTokensEndWithTheLogOut() {
        Visitor visitor = signInTo(server.base(), "ben", password("ben", server.domain()));
        Map<String, String> kept = Map.copyOf(visitor.cookies);
        assertEquals(303, visitor.post("/auth/sign_out", Map.of("form_token", visitor.formToken("/auth/sign_out"))).status());
        visitor.cookies.putAll(kept);
        assertFalse(visitor.isSignedIn());

        String token = token(server.base(), "ben", password("ben", server.domain()));
        Api client = new Api(server.base(), token);
        assertEquals(200, client.send("GET", "/api/v1/accounts/verify_credentials", null).status());
        assertEquals(200, client.send("POST", "/oauth/revoke", Map.of("client_id", application.get("client_id").asText(),
            "client_secret", application.get("client_secret").asText(), "token", token)).status());
        assertEquals(401, client.send("GET", "/api/v1/accounts/verify_credentials", null).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://client.example/callback/more", "https://client.example/callbackx", "https://client.example/callback?x=1", "https://client.example",
        "https://client.example.evil.example/callback", "http://client.example/callback", "https://evil.example/callback", "https://client.example/callback/../evil"})
    void hostileInput116_nobodyIsSentToAnAddressThatOnlyLooksRegistered(String redirectUri) {
        Visitor visitor = signInTo(server.base(), "ben", password("ben", server.domain()));
        Api.Answer answer = visitor.get("/oauth/authorize?" + query(wish(application, redirectUri, "S256", challenge())));
        assertTrue(answer.status() >= 400, "answer " + answer.status());
        assertEquals("", Visitor.location(answer));
    }

    @Test
    void hostileInput116_plainChallengesAreRefused() {
        Visitor visitor = signInTo(server.base(), "ben", password("ben", server.domain()));
        Api.Answer answer = visitor.get("/oauth/authorize?" + query(wish(application, CALLBACK, "plain", VERIFIER)));
        assertTrue(answer.status() >= 400 || Visitor.location(answer).contains("error=invalid_request"), answer.status() + " " + Visitor.location(answer));
    }

    @Test
    void hostileInput116_aCodeNeedsItsVerifierAndItsAddressAndCountsOnce() {
        for (Map<String, String> changed : List.of(Map.of("code_verifier", ""), Map.of("code_verifier", VERIFIER + "x"), Map.of("code_verifier", challenge()),
                Map.of("redirect_uri", OUT_OF_BAND), Map.of("redirect_uri", CALLBACK + "/"), Map.of("client_secret", "guessed"))) {
            Map<String, String> request = exchange(application, code(server.base(), "ben", password("ben", server.domain())));
            request.putAll(changed);
            int answer = redeem(request, server.base()).status();
            assertTrue(answer == 400 || answer == 401, changed + ": answer " + answer);
        }
        JsonNode other = register(server.base(), CALLBACK);
        Map<String, String> ofAnother = exchange(other, code(server.base(), "ben", password("ben", server.domain())));
        assertEquals(400, redeem(ofAnother, server.base()).status());

        Map<String, String> request = exchange(application, code(server.base(), "ben", password("ben", server.domain())));
        Api.Answer first = redeem(request, server.base());
        Api client = new Api(server.base(), first.ok().get("access_token").asText());
        assertEquals(200, client.send("GET", "/api/v1/accounts/verify_credentials", null).status());
        assertEquals(400, redeem(request, server.base()).status());
        assertEquals(401, client.send("GET", "/api/v1/accounts/verify_credentials", null).status(), "the reused code ends the token it gave");
    }

    @Test
    void hostileInput119_formsWithoutTheirOwnSecretAreForbidden() {
        Map<String, String> logIn = Map.of("email", "ben", "password", password("ben", server.domain()));
        assertEquals(403, new Visitor(server.base()).post("/auth/sign_in", logIn).status());
        Map<String, String> foreign = new HashMap<>(logIn);
        foreign.put("form_token", new Visitor(server.base()).formToken("/auth/sign_in"));
        Visitor other = new Visitor(server.base());
        other.formToken("/auth/sign_in");
        assertEquals(403, other.post("/auth/sign_in", foreign).status());

        Visitor ben = signInTo(server.base(), "ben", password("ben", server.domain()));
        String annas = signInTo(server.base(), "anna", password("anna", server.domain())).formToken("/auth/sign_out");
        for (String path : List.of("/auth/sign_out", "/auth/accounts", "/oauth/authorize")) {
            Map<String, String> form = new HashMap<>(wish(application, CALLBACK, "S256", challenge()));
            form.put("decision", "allow");
            assertEquals(403, ben.post(path, form).status(), path);
            form.put("form_token", annas);
            assertEquals(403, ben.post(path, form).status(), path);
        }
        assertTrue(ben.isSignedIn());
    }

    @Test
    void hostileInput119_aSessionFixedBeforeLogInIsNotTheOneAfterwards() {
        Visitor attacker = signInTo(server.base(), "ben", password("ben", server.domain()));
        String fixed = attacker.cookies.get(Visitor.SESSION);
        for (String planted : List.of(fixed, "made-up")) {
            Visitor victim = new Visitor(server.base());
            victim.cookies.put(Visitor.SESSION, planted);
            assertEquals(303, victim.post("/auth/sign_in", Map.of("form_token", victim.formToken("/auth/sign_in?again=1"), "email", "anna",
                "password", password("anna", server.domain()))).status());
            assertNotEquals(planted, victim.cookies.get(Visitor.SESSION));
            Visitor holder = new Visitor(server.base());
            holder.cookies.put(Visitor.SESSION, planted);
            assertFalse(holder.isSignedIn(), "the planted session is nobody's");
        }
    }
}
