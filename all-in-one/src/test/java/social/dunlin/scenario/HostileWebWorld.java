package social.dunlin.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import social.dunlin.testing.TestPostgres;

/** A whole server of two domains with people of the same names, and ways to sign in to it. */
abstract class HostileWebWorld {
    static final String OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob";
    static final String CALLBACK = "https://client.example/callback";
    static final String VERIFIER = "a-verifier-that-is-long-enough-to-be-one-0123456789";

    final TestPostgres postgres = TestPostgres.start();
    final String database = postgres.freshDatabase();
    final FakeServer gamma = FakeServer.start();
    Server server;
    String beta;
    Api anna;
    Api ben;
    Api betasAnna;
    String annaId;
    String annaUri;
    JsonNode application;

    @BeforeAll
    void start() {
        server = Server.overHttps("alpha.test", postgres.uriOf(database)).alsoKnownAs("beta.test");
        String betasDomain = server.domain().replace("alpha", "beta");
        beta = "https://" + betasDomain;
        commandMakes("anna", server.domain());
        postgres.execute(database, "insert into domain (name, service_host) values ('%s', '%s')".formatted(betasDomain, betasDomain));
        server.createUser("ben", email("ben", server.domain()), password("ben", server.domain()), false);
        commandMakes("anna", betasDomain);
        server.start();
        application = register(server.base(), CALLBACK + " " + OUT_OF_BAND);
        anna = signedIn(server.base(), "anna", password("anna", server.domain()));
        ben = signedIn(server.base(), "ben", password("ben", server.domain()));
        betasAnna = signedIn(beta, "anna", password("anna", betasDomain));
        annaId = anna.get("/api/v1/accounts/verify_credentials").get("id").asText();
        annaUri = server.base() + "/users/anna";
    }

    @AfterAll
    void stop() {
        server.close();
        gamma.close();
    }

    static Api.Answer activity(Api reader, String path) {
        return Api.send(reader.request(path).header("Accept", FakeServer.ACTIVITY_JSON).build());
    }

    private void commandMakes(String name, String domain) {
        server.run("admin", "create-user", name, "--email", email(name, domain), "--password", password(name, domain), "--confirmed", "--domain", domain);
    }

    static String email(String name, String domain) {
        return name + "@" + domain.replaceFirst(":.*", "") + ".example";
    }

    static String password(String name, String domain) {
        return "correct horse " + name + " of " + domain;
    }

    static JsonNode register(String base, String redirectUris) {
        return new Api(base, null).post("/api/v1/apps", Map.of("client_name", "Hostile", "redirect_uris", redirectUris, "scopes", "read write follow push profile"));
    }

    static Visitor signInTo(String base, String name, String password) {
        return new Visitor(base).signIn(name, password);
    }

    Api signedIn(String base, String name, String password) {
        return new Api(base, token(base, name, password));
    }

    String token(String base, String name, String password) {
        return redeem(exchange(application, code(base, name, password)), base).ok().get("access_token").asText();
    }

    /** Asks for a token as clients do. */
    static Api.Answer redeem(Map<String, String> request, String base) {
        return new Api(base, null).send("POST", "/oauth/token", request);
    }

    /** Signs in, allows the application all it wants, and gives the code. */
    String code(String base, String name, String password) {
        Visitor visitor = signInTo(base, name, password);
        Map<String, String> form = new HashMap<>(wish(application, CALLBACK, "S256", challenge()));
        form.put("form_token", visitor.formToken("/oauth/authorize?" + query(form)));
        form.put("decision", "allow");
        String location = Visitor.location(visitor.post("/oauth/authorize", form));
        return location.replaceFirst(".*[?&]code=([^&]*).*", "$1");
    }

    static Map<String, String> wish(JsonNode application, String redirectUri, String method, String challenge) {
        return Map.of("response_type", "code", "client_id", application.get("client_id").asText(), "redirect_uri", redirectUri,
            "scope", "read write follow push profile", "code_challenge_method", method, "code_challenge", challenge);
    }

    static Map<String, String> exchange(JsonNode application, String code) {
        return new HashMap<>(Map.of("grant_type", "authorization_code", "client_id", application.get("client_id").asText(),
            "client_secret", application.get("client_secret").asText(), "redirect_uri", CALLBACK, "code", code, "code_verifier", VERIFIER));
    }

    static String query(Map<String, String> parameters) {
        List<String> parts = new ArrayList<>();
        parameters.forEach((name, value) -> parts.add(name + "=" + Visitor.encoded(value)));
        return String.join("&", parts);
    }

    static String challenge() {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
