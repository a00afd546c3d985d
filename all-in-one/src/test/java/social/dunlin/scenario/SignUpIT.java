package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import social.dunlin.testing.TestPostgres;

/** People sign up by an app or in a browser, confirm their address, are let in, and forget their password. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignUpIT {
    private static final String PENDING = "Your login is currently pending approval";
    private final MailServer mail = new MailServer();
    private Server server;
    private Api app;

    @BeforeAll
    void start() {
        TestPostgres postgres = TestPostgres.start();
        server = Server.overHttps("alpha.test", postgres.uriOf(postgres.freshDatabase()))
            .with("DUNLIN_REGISTRATION_MODE", "approval").with("DUNLIN_MAIL_HOST", "127.0.0.1")
            .with("DUNLIN_MAIL_PORT", Integer.toString(mail.port())).with("DUNLIN_MAIL_SECURITY", "none").start();
        JsonNode client = server.anonymous().post("/api/v1/apps", Map.of("client_name", "Test", "redirect_uris", "urn:ietf:wg:oauth:2.0:oob",
            "scopes", "read write"));
        // Without a redirect_uri, as some clients ask.
        JsonNode token = server.anonymous().post("/oauth/token", Map.of("grant_type", "client_credentials", "scope", "read write",
            "client_id", client.get("client_id").asText(), "client_secret", client.get("client_secret").asText()));
        app = new Api(server.base(), token.get("access_token").asText());
    }

    @AfterAll
    void stop() {
        server.close();
        mail.close();
    }

    private static Map<String, Object> form(String name, Map<String, ?> changes) {
        Map<String, Object> form = new HashMap<>(Map.of("username", name, "email", name + "@mail.test", "password", "correct horse " + name,
            "agreement", true, "locale", "en", "reason", "I like waders."));
        form.putAll(changes);
        return form;
    }

    @Test
    void anAppSignsSomebodyUpWhoConfirmsAndIsLetIn() {
        JsonNode registrations = server.anonymous().get("/api/v2/instance").get("registrations");
        assertTrue(registrations.get("enabled").asBoolean() && registrations.get("approval_required").asBoolean(), registrations.toString());
        Api ruff = new Api(server.base(), app.post("/api/v1/accounts", form("ruff", Map.of())).get("access_token").asText());
        assertEquals("Your login is missing a confirmed e-mail address", refusal(ruff));
        assertNobodyFinds("ruff");
        assertEquals("false", ruff.send("GET", "/api/v1/emails/check_confirmation", null).body());
        ruff.post("/api/v1/emails/confirmations");

        String link = mail.await("ruff@mail.test", "/auth/confirmation").link(server.base());
        Visitor browser = new Visitor(server.base());
        assertEquals(200, browser.get(link).status());
        assertEquals("Your login is missing a confirmed e-mail address", refusal(ruff), "looking alone confirms nothing");
        String code = link.replaceFirst(".*code=", "");
        assertEquals(200, browser.post("/auth/confirmation", Map.of("form_token", browser.formToken(link), "code", code)).status());
        assertEquals(422, browser.post("/auth/confirmation", Map.of("form_token", browser.formToken(link), "code", code)).status(), "used");
        assertEquals("true", ruff.send("GET", "/api/v1/emails/check_confirmation", null).body());
        assertEquals(PENDING, refusal(ruff));
        assertNobodyFinds("ruff");

        assertTrue(server.run("admin", "approve", "ruff").contains("ruff is in."));
        assertEquals("ruff", ruff.get("/api/v1/accounts/verify_credentials").get("username").asText());
        assertEquals("ruff", server.anonymous().get("/api/v1/accounts/lookup?acct=ruff").get("username").asText());
        mail.await("ruff@mail.test", "/auth/sign_in");
    }

    private String refusal(Api person) {
        Api.Answer answer = person.send("GET", "/api/v1/accounts/verify_credentials", null);
        assertEquals(403, answer.status(), answer.body());
        return answer.json().get("error").asText();
    }

    private void assertNobodyFinds(String name) {
        for (String path : new String[] {"/api/v1/accounts/lookup?acct=" + name, "/.well-known/webfinger?resource=acct:" + name + "@" + server.domain(),
            "/users/" + name, "/@" + name}) {
            assertEquals(404, server.anonymous().send("GET", path, null).status(), path);
        }
        assertEquals(0, server.anonymous().get("/api/v2/search?type=accounts&q=" + name).get("accounts").size());
    }

    @Test
    void whatIsWrongIsSaidByField() {
        assertProblem("username", "ERR_BLANK", Map.of("username", ""));
        assertProblem("username", "ERR_INVALID", Map.of("username", "no spaces"));
        assertProblem("username", "ERR_RESERVED", Map.of("username", "admin"));
        assertProblem("email", "ERR_INVALID", Map.of("email", "nowhere"));
        assertProblem("password", "ERR_TOO_SHORT", Map.of("password", "short"));
        assertProblem("agreement", "ERR_ACCEPTED", Map.of("agreement", false));
        assertProblem("reason", "ERR_BLANK", Map.of("reason", " "));
        app.post("/api/v1/accounts", form("knot", Map.of()));
        assertProblem("username", "ERR_TAKEN", Map.of("username", "KNOT", "email", "other@mail.test"));
        assertProblem("email", "ERR_TAKEN", Map.of("username", "stint", "email", "Knot@mail.test"));
        assertEquals(401, server.anonymous().send("POST", "/api/v1/accounts", form("wren", Map.of())).status());
    }

    private void assertProblem(String field, String code, Map<String, ?> changes) {
        Api.Answer answer = app.send("POST", "/api/v1/accounts", form("plover", changes));
        assertEquals(422, answer.status(), answer.body());
        assertEquals(code, answer.json().path("details").path(field).path(0).path("error").asText(), answer.body());
    }

    @Test
    void aBrowserSignsUpAndAForgottenPasswordIsReplaced() {
        Visitor browser = new Visitor(server.base());
        Map<String, String> form = new HashMap<>(Map.of("form_token", browser.formToken("/auth/sign_up"), "username", "dotterel",
            "email", "dotterel@mail.test", "password", "short", "agreement", "true", "reason", "Hills."));
        Api.Answer refused = browser.post("/auth/sign_up", form);
        assertEquals(422, refused.status());
        assertTrue(refused.body().contains("At least 8 characters") && refused.body().contains("value=\"dotterel\""), refused.body());
        form.put("password", "correct horse dotterel");
        assertEquals(200, browser.post("/auth/sign_up", form).status());
        mail.await("dotterel@mail.test", "/auth/confirmation");
        server.run("admin", "approve", "dotterel", "--confirmed");
        Visitor before = new Visitor(server.base()).signIn("dotterel@mail.test", "correct horse dotterel");

        for (String email : new String[] {"dotterel@mail.test", "nobody@mail.test"}) {
            assertEquals(200, browser.post("/auth/password/new", Map.of("form_token", browser.formToken("/auth/password/new"), "email", email)).status());
        }
        String link = mail.await("dotterel@mail.test", "/auth/password/edit").link(server.base());
        Map<String, String> change = Map.of("form_token", browser.formToken(link), "code", link.replaceFirst(".*code=", ""), "password", "battery staple");
        assertEquals(303, browser.post("/auth/password/edit", change).status());
        assertEquals(422, browser.post("/auth/password/edit", change).status(), "the code is used");
        assertTrue(!before.isSignedIn(), "whoever was logged in is out");
        new Visitor(server.base()).signIn("dotterel", "battery staple");
        assertTrue(mail.find("nobody@mail.test", "").isEmpty());
    }
}
