package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import social.dunlin.testing.TestPostgres;

/** What people set in a browser without scripts, and what they tell the moderators, on a running server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SettingsIT {
    private Server server;
    private Api anna;
    private Api ben;

    @BeforeAll
    void start() {
        TestPostgres postgres = TestPostgres.start();
        server = Server.overHttps("alpha.test", postgres.uriOf(postgres.freshDatabase())).start();
        anna = server.newUser("anna");
        ben = server.newUser("ben");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Visitor visitor(String name) {
        return new Visitor(server.base()).signIn(name, "correct horse " + name);
    }

    private String id(String name) {
        return server.anonymous().get("/api/v1/accounts/lookup?acct=" + name).get("id").asText();
    }

    @Test
    void settingsAreForThoseWhoAreLoggedIn() {
        Visitor stranger = new Visitor(server.base());
        Visitor owner = visitor("anna");
        for (String path : List.of("/settings", "/settings/moving", "/settings/data", "/settings/pictures", "/settings/delete", "/settings/password", "/share", "/settings/data/following_accounts.csv")) {
            assertTrue(Visitor.location(stranger.get(path)).startsWith("/auth/sign_in"), path);
            assertEquals(200, owner.get(path).status(), path);
        }
        assertEquals(404, owner.get("/settings/data/passwords.csv").status());
        assertEquals(403, owner.post("/settings/moving/aliases", Map.of("name", "ben")).status(), "a form must be one's own");
    }

    @Test
    void aliasesAreAddedAndRemoved() {
        Visitor visitor = visitor("anna");
        String token = visitor.formToken("/settings/moving");
        assertEquals(303, visitor.post("/settings/moving/aliases", Map.of("form_token", token, "name", "@ben")).status());
        assertTrue(visitor.get("/settings/moving").body().contains("@ben@" + server.domain()));
        Api.Answer refused = visitor.post("/settings/moving/aliases", Map.of("form_token", token, "name", "<b>nobody</b>"));
        assertEquals(422, refused.status());
        assertFalse(refused.body().contains("<b>nobody"), refused.body());
        assertEquals(422, visitor.post("/settings/moving/move", Map.of("form_token", token, "name", "ben", "password", "wrong")).status());
        visitor.post("/settings/moving/aliases/remove", Map.of("form_token", token, "uri", server.base() + "/users/ben"));
        assertFalse(visitor.get("/settings/moving").body().contains("@ben@"));
    }

    @Test
    void dataIsTakenAlongAndBrought() {
        Visitor visitor = visitor("ben");
        String token = visitor.formToken("/settings/data");
        String file = "Account address,Show boosts\nanna@" + server.domain() + ",false\n<i>x</i>\n";
        assertEquals(303, visitor.upload("/settings/data/imports", Map.of("form_token", token, "kind", "following", "mode", "merge"), "f.csv", file).status());
        Await.until("the file is done", () -> visitor.get("/settings/data").body().contains("1 of 2 done, 1 failed"));
        String body = visitor.get("/settings/data").body();
        String failures = body.substring(body.indexOf("/settings/data/imports/"));
        String page = visitor.get(failures.substring(0, failures.indexOf('"'))).body();
        assertTrue(page.contains("&lt;i&gt;x&lt;/i&gt;"), page);
        Api.Answer export = visitor.get("/settings/data/following_accounts.csv");
        assertEquals("Account address,Show boosts,Notify on new posts,Languages\nanna@" + server.domain() + ",false,false,\n", export.body());
        assertTrue(export.headers().firstValue("Content-Disposition").orElse("").contains("following_accounts.csv"));
        for (Map<String, String> form : List.of(Map.of("form_token", token, "kind", "nothing"), Map.of("form_token", token, "kind", "bookmarks"),
                Map.of("form_token", token))) {
            assertEquals(422, visitor.upload("/settings/data/imports", form, "f.csv", "a,b").status(), form.toString());
        }
        assertEquals(422, visitor.post("/settings/data/imports", Map.of("form_token", token, "kind", "blocks")).status());
        assertEquals(422, visitor.post("/settings/data/follows", Map.of("form_token", token, "name", "anna")).status(), "no alias");
    }

    private static String at(String uri) {
        return "/authorize_interaction?uri=" + Visitor.encoded(uri);
    }

    @Test
    void browserAloneFollowsWhomItWasSentTo() {
        Visitor visitor = visitor("ben");
        String uri = "acct:anna@" + server.domain();
        assertTrue(Visitor.location(new Visitor(server.base()).get(at(uri))).startsWith("/auth/sign_in?return_to=%2Fauthorize_interaction"));
        Map<String, String> form = Map.of("form_token", visitor.formToken(at(uri)), "uri", uri, "id", id("anna"));
        assertEquals(at(uri), Visitor.location(visitor.post("/authorize_interaction/follow", form)));
        String relationship = "/api/v1/accounts/relationships?id[]=" + id("anna");
        assertTrue(ben.get(relationship).at("/0/following").asBoolean());
        assertEquals(303, visitor.post("/authorize_interaction/unfollow", form).status());
        assertFalse(ben.get(relationship).at("/0/following").asBoolean());
        assertEquals(403, visitor.post("/authorize_interaction/follow", Map.of("uri", uri, "id", id("anna"))).status(), "a form must be one's own");
        for (String nothing : List.of("", "acct:nobody@" + server.domain(), "javascript:alert(1)", server.base() + "/@nobody", "<b>")) {
            Api.Answer answer = visitor.get(at(nothing));
            assertEquals(404, answer.status(), nothing);
            assertFalse(answer.body().contains("<b>"));
        }
    }

    @Test
    void browserAloneAnswersFavouritesAndBoostsAPostItWasSentTo() {
        Visitor visitor = visitor("ben");
        JsonNode post = anna.post("/api/v1/statuses", Map.of("status", "Answer me", "visibility", "unlisted"));
        String uri = post.get("uri").asText();
        String number = post.get("id").asText();
        assertTrue(visitor.get(at(uri)).body().contains("Answer me"));
        Map<String, String> form = Map.of("form_token", visitor.formToken(at(uri)), "uri", uri, "id", number);
        assertEquals(303, visitor.post("/authorize_interaction/favourite", form).status());
        assertEquals(303, visitor.post("/authorize_interaction/boost", form).status());
        JsonNode seen = ben.get("/api/v1/statuses/" + number);
        assertTrue(seen.get("favourited").asBoolean() && seen.get("reblogged").asBoolean());
        String page = "/share?in_reply_to_id=" + number;
        String body = visitor.get(page).body();
        assertTrue(body.contains(">@anna@" + server.domain() + " </textarea>") && body.contains("value=\"unlisted\" selected"), body);
        assertEquals(303, visitor.post("/share", Map.of("form_token", visitor.formToken(page), "text", "@anna Here", "visibility", "unlisted",
            "in_reply_to_id", number, "key", "answer")).status());
        assertEquals("@anna Here", ben.get("/api/v1/statuses/" + number + "/context").at("/descendants/0/content").asText().replaceAll("<[^>]*>", ""));
        JsonNode hidden = anna.post("/api/v1/statuses", Map.of("status", "Not for ben", "visibility", "private"));
        assertEquals(404, visitor.get(at(hidden.get("uri").asText())).status());
        assertEquals(404, visitor.get("/share?in_reply_to_id=" + hidden.get("id").asText()).status());
    }

    @Test
    void sharedTextIsPostedOnce() {
        Visitor visitor = visitor("anna");
        String body = visitor.get("/share?title=A+%3Cb%3Etale&text=of+birds&url=https%3A%2F%2Fa.example").body();
        assertTrue(body.contains(">A &lt;b&gt;tale of birds https://a.example</textarea>"), body);
        Map<String, String> form = Map.of("form_token", visitor.formToken("/share"), "text", "Shared", "warning", "Birds", "visibility", "unlisted", "key", "once");
        String made = Visitor.location(visitor.post("/share", form));
        assertEquals(made, Visitor.location(visitor.post("/share", form)), "sent twice");
        assertTrue(visitor.get(made).body().contains("Shared"));
        JsonNode post = anna.get("/api/v1/statuses/" + made.replaceFirst(".*=", ""));
        assertEquals("unlisted Birds", post.get("visibility").asText() + " " + post.get("spoiler_text").asText());
        Api.Answer refused = visitor.post("/share", Map.of("form_token", visitor.formToken("/share"), "text", "x".repeat(501), "visibility", "odd"));
        assertEquals(422, refused.status());
        assertTrue(refused.body().contains("xxx</textarea>"));
        assertEquals(404, visitor.get("/share/shared?id=1").status());
    }

    @Test
    void visitorFromElsewhereIsShownTheWayHome() {
        Visitor stranger = new Visitor(server.base());
        String uri = server.base() + "/users/anna";
        String page = "/remote_interaction?uri=" + Visitor.encoded(uri);
        assertTrue(stranger.get("/@anna").body().contains("/remote_interaction?uri=" + uri));
        Map<String, String> form = Map.of("form_token", stranger.formToken(page), "uri", uri, "handle", "@ben@" + server.domain());
        assertTrue(stranger.post("/remote_interaction", form).body().contains(server.base() + at(uri)));
        for (String odd : List.of("", "ben", "ben@", "ben@nowhere.invalid", "@@", "ben@127.0.0.1")) {
            Api.Answer answer = stranger.post("/remote_interaction", Map.of("form_token", form.get("form_token"), "uri", uri, "handle", odd));
            assertEquals(422, answer.status(), odd);
        }
        assertEquals(404, stranger.get("/remote_interaction?uri=https%3A%2F%2Fevil.example").status());
        assertEquals(404, stranger.get("/remote_interaction").status());
    }

    @Test
    void newPasswordPutsEverybodyElseOut() {
        Api dirk = server.newUser("dirk");
        Visitor visitor = visitor("dirk");
        Visitor other = visitor("dirk");
        assertEquals("/settings/password", Visitor.location(new Visitor(server.base()).get("/.well-known/change-password")));
        String token = visitor.formToken("/settings/password");
        assertEquals(422, visitor.post("/settings/password", Map.of("form_token", token, "current", "wrong", "password", "battery staple")).status());
        assertEquals(422, visitor.post("/settings/password", Map.of("form_token", token, "current", "correct horse dirk", "password", "short")).status());
        assertEquals(303, visitor.post("/settings/password", Map.of("form_token", token, "current", "correct horse dirk", "password", "battery staple")).status());
        assertTrue(visitor.isSignedIn());
        assertFalse(other.isSignedIn());
        Await.until("the token is worth nothing", () -> dirk.send("GET", "/api/v1/accounts/verify_credentials", null).status() == 401);
        assertEquals(422, new Visitor(server.base()).tryToSignIn("dirk", "correct horse dirk", "/").status());
        assertEquals(303, new Visitor(server.base()).tryToSignIn("dirk", "battery staple", "/").status());
    }

    @Test
    void reportsAreTakenAndBadOnesRefused() {
        JsonNode post = ben.post("/api/v1/statuses", Map.of("status", "Report me"));
        JsonNode report = anna.post("/api/v1/reports", Map.of("account_id", id("ben"), "status_ids", List.of(post.get("id").asText()), "comment", "rude",
            "category", "spam", "forward", true));
        assertEquals("spam", report.get("category").asText());
        assertEquals("ben", report.at("/target_account/username").asText());
        assertEquals(post.get("id"), report.at("/status_ids/0"));
        assertFalse(report.get("action_taken").asBoolean() || report.get("forwarded").asBoolean());
        assertEquals(404, anna.send("POST", "/api/v1/reports", Map.of("account_id", "nobody")).status());
        assertEquals(404, anna.send("POST", "/api/v1/reports", Map.of()).status());
        assertEquals(404, anna.send("POST", "/api/v1/reports", Map.of("account_id", id("ben"), "status_ids", List.of("x", "-1"))).status());
        assertEquals(422, anna.send("POST", "/api/v1/reports", Map.of("account_id", id("ben"), "category", "boring")).status());
        assertEquals(401, server.anonymous().send("POST", "/api/v1/reports", Map.of("account_id", id("ben"))).status());
    }

    @Test
    void hashtagsStandOnTheProfile() {
        anna.post("/api/v1/statuses", Map.of("status", "#Knots and #plovers"));
        JsonNode tag = anna.post("/api/v1/featured_tags", Map.of("name", "knots"));
        assertEquals("Knots 1", tag.get("name").asText() + " " + tag.get("statuses_count").asText());
        assertEquals("plovers", anna.get("/api/v1/featured_tags/suggestions").at("/0/name").asText());
        assertEquals(tag, server.anonymous().get("/api/v1/accounts/" + id("anna") + "/featured_tags").get(0));
        Api.Answer collection = Api.send(server.anonymous().request("/users/anna/collections/tags").header("Accept", FakeServer.ACTIVITY_JSON).build());
        assertEquals("#Knots", collection.ok().at("/orderedItems/0/name").asText());
        assertEquals(400, anna.send("POST", "/api/v1/featured_tags", Map.of("name", " ")).status());
        assertEquals(422, anna.send("POST", "/api/v1/featured_tags", Map.of("name", "two words")).status());
        anna.delete("/api/v1/featured_tags/" + tag.get("id").asText());
        assertEquals(0, anna.get("/api/v1/featured_tags").size());
        assertEquals(404, anna.send("DELETE", "/api/v1/featured_tags/" + tag.get("id").asText(), null).status());
    }

    @Test
    void deletedAccountIsGoneForGood() {
        Api cleo = server.newUser("cleo");
        String post = cleo.post("/api/v1/statuses", Map.of("status", "Not for long")).get("id").asText();
        Visitor visitor = visitor("cleo");
        assertEquals(422, visitor.post("/settings/delete", Map.of("form_token", visitor.formToken("/settings/delete"), "password", "wrong")).status());
        assertEquals(303, visitor.post("/settings/delete", Map.of("form_token", visitor.formToken("/settings/delete"), "password", "correct horse cleo")).status());
        assertFalse(visitor.isSignedIn());
        Await.until("the token is worth nothing", () -> cleo.send("GET", "/api/v1/accounts/verify_credentials", null).status() == 401);
        assertEquals(404, server.anonymous().send("GET", "/api/v1/statuses/" + post, null).status());
        assertEquals(404, server.anonymous().send("GET", "/api/v1/accounts/lookup?acct=cleo", null).status());
        assertEquals(422, new Visitor(server.base()).tryToSignIn("cleo", "correct horse cleo", "/").status());
        assertEquals(410, Api.send(server.anonymous().request("/users/cleo").header("Accept", FakeServer.ACTIVITY_JSON).build()).status());
    }
}
