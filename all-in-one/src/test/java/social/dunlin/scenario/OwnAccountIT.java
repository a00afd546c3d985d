package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import social.dunlin.testing.TestPostgres;

/** How people come in and look after what is theirs: by invitation, with a second step, seeing and ending what is logged in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnAccountIT {
    private static final String KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";

    @TempDir
    static Path data;
    private final MailServer mail = new MailServer();
    private Server server;

    @BeforeAll
    void start() {
        TestPostgres postgres = TestPostgres.start();
        server = Server.tryOut(data).with("DUNLIN_DATABASE_URL", postgres.uriOf(postgres.freshDatabase()))
            .with("DUNLIN_REGISTRATION_MODE", "invitation").with("DUNLIN_MAIL_HOST", "127.0.0.1")
            .with("DUNLIN_MAIL_PORT", Integer.toString(mail.port())).with("DUNLIN_MAIL_SECURITY", "none").start();
    }

    @AfterAll
    void stop() {
        server.close();
        mail.close();
    }

    private Visitor visitor(String name) {
        return new Visitor(server.base()).signIn(name, "correct horse " + name);
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), () -> pattern + " is not in " + text);
        return matcher.group(1);
    }

    // ---------------------------------------------------------------- the second step

    /** Made here anew, as an app does (RFC 6238). */
    private static String code(String key, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(key), "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            return "%06d".formatted((ByteBuffer.wrap(hash).getInt(hash[19] & 15) & Integer.MAX_VALUE) % 1_000_000);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static long step() {
        return Instant.now().getEpochSecond() / 30;
    }

    private static Api.Answer enterCode(Visitor visitor, String code) {
        return visitor.post("/auth/second_step", Map.of("form_token", visitor.formToken("/auth/second_step"), "code", code, "return_to", "/settings"));
    }

    private Visitor afterPassword(String name) {
        Visitor visitor = new Visitor(server.base());
        Api.Answer answer = visitor.tryToSignIn(name, "correct horse " + name, "/settings");
        assertEquals("/auth/second_step?return_to=%2Fsettings", Visitor.location(answer));
        assertFalse(visitor.isSignedIn(), "the password alone opens nothing");
        return visitor;
    }

    @Test
    void secondStepIsAskedForAfterThePassword() {
        server.newUser("anna");
        Visitor anna = visitor("anna");
        String page = anna.get("/settings/two_factor").body();
        assertTrue(page.contains("<svg class=\"scan\""), page);
        String key = found("name=\"key\" value=\"([0-9a-f]{40})\"", page);
        assertNotEquals(key, found("name=\"key\" value=\"([0-9a-f]{40})\"", anna.get("/settings/two_factor").body()), "nothing is kept before it is confirmed");
        Map<String, String> form = Map.of("form_token", anna.formToken("/settings/two_factor"), "key", key, "code", code(key, step()), "password", "wrong");
        Api.Answer refused = anna.post("/settings/two_factor", form);
        assertEquals(422, refused.status());
        assertTrue(refused.body().contains(key), "the app has scanned it already");
        Map<String, String> right = new HashMap<>(form);
        right.put("password", "correct horse anna");
        right.put("code", code(key, step()));
        Api.Answer on = anna.post("/settings/two_factor", right);
        assertEquals(200, on.status(), on.body());
        String recovery = found("<code class=\"address\">([a-z2-7-]{19})</code>", on.body());
        assertFalse(anna.get("/settings/two_factor").body().contains(recovery), "shown once");

        Visitor phone = afterPassword("anna");
        String code = code(key, step() + 1);
        Api.Answer in = enterCode(phone, code);
        assertEquals("/settings", Visitor.location(in));
        assertTrue(phone.isSignedIn());
        Visitor listener = afterPassword("anna");
        assertEquals(422, enterCode(listener, code).status(), "used before");
        assertEquals(303, enterCode(listener, recovery).status());
        assertTrue(listener.isSignedIn());

        Visitor guesser = afterPassword("anna");
        String token = guesser.formToken("/auth/second_step");
        for (int guess = 0; guess < 5; guess++) {
            assertEquals(422, guesser.post("/auth/second_step", Map.of("form_token", token, "code", recovery)).status());
        }
        Api.Answer tooOften = guesser.post("/auth/second_step", Map.of("form_token", token, "code", "111111"));
        assertTrue(Visitor.location(tooOften).startsWith("/auth/sign_in"), "from the beginning");
        assertTrue(Visitor.location(new Visitor(server.base()).get("/auth/second_step")).startsWith("/auth/sign_in"));

        assertTrue(server.run("admin", "two-factor-off", "anna").contains("password alone"));
        assertTrue(visitor("anna").isSignedIn());
    }

    // ---------------------------------------------------------------- what is logged in

    @Test
    void sessionsAndAppsAreSeenAndEnded() throws IOException, InterruptedException {
        server.newUser("ben");
        Visitor ben = visitor("ben");
        Visitor elsewhere = visitor("ben");
        Visitor library = visitor("ben");
        String token = ben.letClientIn();
        Api app = new Api(server.base(), token);
        app.post("/api/v1/push/subscription", Map.of("subscription",
            Map.of("endpoint", "https://push.example/1", "keys", Map.of("p256dh", KEY, "auth", "BTBZMqHH6r4Tts7J_aSIgg"))));
        InputStream stream = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(server.base() + "/api/v1/streaming/direct"))
            .header("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.ofInputStream()).body();
        assertEquals(':', stream.read());

        String page = ben.get("/settings/sessions").body();
        assertTrue(page.contains("this one") && page.contains("127.0.0.1") && page.contains("Test"), page);
        Matcher others = Pattern.compile("name=\"session\" value=\"([0-9a-f]{64})\"").matcher(page);
        assertTrue(others.find());
        String form = ben.formToken("/settings/sessions");
        assertEquals(303, ben.post("/settings/sessions/end", Map.of("form_token", form, "session", others.group(1))).status());
        assertNotEquals(elsewhere.isSignedIn(), library.isSignedIn(), "one of both");
        assertEquals(303, ben.post("/settings/sessions/end_others", Map.of("form_token", form)).status());
        assertFalse(elsewhere.isSignedIn() || library.isSignedIn());
        assertTrue(ben.isSignedIn());

        String application = found("name=\"application\" value=\"(\\d+)\"", page);
        String account = found("name=\"account\" value=\"(\\d+)\"", page);
        assertEquals(303, ben.post("/settings/sessions/applications/end", Map.of("form_token", form, "application", application, "account", account)).status());
        stream.readAllBytes();
        assertEquals(401, app.send("GET", "/api/v1/push/subscription", null).status());
        assertFalse(ben.get("/settings/sessions").body().contains("name=\"application\" value=\"" + application + "\""));
        assertEquals(403, ben.post("/settings/sessions/end_others", Map.of()).status(), "a form must be one's own");
    }

    // ---------------------------------------------------------------- invitations

    private Map<String, String> signUpForm(Visitor browser, String name, String invite) {
        return Map.of("form_token", browser.formToken("/invite/" + invite), "username", name, "email", name + "@mail.test",
            "password", "correct horse " + name, "agreement", "true", "invite_code", invite);
    }

    @Test
    void whoIsInvitedSignsUp() {
        Visitor browser = new Visitor(server.base());
        assertEquals(403, browser.get("/auth/sign_up").status());
        assertFalse(server.anonymous().get("/api/v2/instance").at("/registrations/enabled").asBoolean());
        String url = server.run("admin", "invite", "--max-uses", "1").lines().filter(line -> line.contains("/invite/")).findFirst().orElseThrow();
        String code = url.replaceFirst(".*/invite/", "");
        assertEquals(200, browser.get("/invite/" + code).status());
        Api.Answer told = Api.send(HttpRequest.newBuilder(URI.create(url)).header("Accept", "application/json").build());
        assertEquals("{\"invite_code\":\"%s\",\"instance_api_url\":\"%s/api/v2/instance\"}".formatted(code, server.base()), told.body());
        Api.Answer signedUp = browser.post("/auth/sign_up", signUpForm(browser, "ruff", code));
        assertEquals(200, signedUp.status(), signedUp.body());
        String link = mail.await("ruff@mail.test", "/auth/confirmation").link(server.base());
        assertEquals(200, browser.post("/auth/confirmation", Map.of("form_token", browser.formToken(link), "code", link.replaceFirst(".*code=", ""))).status());
        Visitor ruff = visitor("ruff");
        assertEquals(403, ruff.get("/settings/invites").status(), "only administrators may invite here");
        assertFalse(ruff.get("/settings").body().contains("/settings/invites"));
        assertEquals(403, browser.get("/invite/" + code).status(), "used up");
        assertEquals(401, Api.send(HttpRequest.newBuilder(URI.create(url)).header("Accept", "application/json").build()).status());
        for (String odd : List.of("%00", "%20", "a".repeat(200), "..%2f", "%F0%9F%A6%86")) {
            assertTrue(List.of(403, 404, 400).contains(browser.get("/invite/" + odd).status()), odd);
        }
    }

    @Test
    void administratorInvitesAndAnAppSignsUp() {
        server.run("admin", "create-user", "olga", "--email", "olga@example.org", "--password", "correct horse olga", "--confirmed", "--admin");
        Visitor olga = visitor("olga");
        String form = olga.formToken("/settings/invites");
        assertEquals(303, olga.post("/settings/invites", Map.of("form_token", form, "max_uses", "5", "days", "7")).status());
        assertEquals(303, olga.post("/settings/invites", Map.of("form_token", form, "max_uses", "", "days", "")).status());
        for (String odd : List.of("0", "-1", "99999999999999999999", "many")) {
            assertEquals(422, olga.post("/settings/invites", Map.of("form_token", form, "max_uses", odd, "days", "7")).status(), odd);
        }
        String code = found("/invite/([A-Za-z0-9_-]+)", olga.get("/settings/invites").body());
        JsonNode client = server.anonymous().post("/api/v1/apps", Map.of("client_name", "Test", "redirect_uris", "urn:ietf:wg:oauth:2.0:oob", "scopes", "read write"));
        Api app = new Api(server.base(), server.anonymous().post("/oauth/token", Map.of("grant_type", "client_credentials", "scope", "read write",
            "client_id", client.get("client_id").asText(), "client_secret", client.get("client_secret").asText())).get("access_token").asText());
        Map<String, Object> person = Map.of("username", "knot", "email", "knot@mail.test", "password", "correct horse knot", "agreement", true, "locale", "en");
        assertEquals(403, app.send("POST", "/api/v1/accounts", person).status());
        Map<String, Object> invited = new HashMap<>(person);
        invited.put("invite_code", code);
        assertTrue(app.post("/api/v1/accounts", invited).has("access_token"));
        String id = found("name=\"invite\" value=\"(\\d+)\"", olga.get("/settings/invites").body());
        assertEquals(303, olga.post("/settings/invites/end", Map.of("form_token", form, "invite", id)).status());
        assertEquals(403, new Visitor(server.base()).get("/invite/" + code).status());
    }

    // ---------------------------------------------------------------- as people see it

    @Test
    void pagesOfTheSettingsAreWholeAndAccessible() {
        server.createUser("petra", "petra@example.org", "correct horse petra", true);
        Visitor petra = visitor("petra");
        petra.letClientIn();
        petra.post("/settings/invites", Map.of("form_token", petra.formToken("/settings/invites"), "max_uses", "5", "days", "7"));
        JsonNode told = NodeScript.run("pages.mjs", server.base(), Path.of("target", "screenshots").toAbsolutePath().toString(),
            "--cookie=dunlin_session=" + petra.cookies.get("dunlin_session"), "settings=/settings", "two-factor=/settings/two_factor",
            "sessions=/settings/sessions", "invites=/settings/invites");
        assertEquals(4, told.get("pages").asInt());
    }
}
