package social.dunlin.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.account.UserService.CreatedUser;
import social.dunlin.account.UserService.NewUser;
import social.dunlin.database.Database;
import social.dunlin.domain.DomainStore;
import social.dunlin.domain.Domains;
import social.dunlin.event.EventBus;
import social.dunlin.oauth.AuthorizationService.Outcome;
import social.dunlin.oauth.AuthorizationService.Request;
import social.dunlin.oauth.AuthorizationService.Wish;
import social.dunlin.refusal.Refusal;
import social.dunlin.testing.DatabaseExtension;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorizationTest {
    private static final String CALLBACK = "https://app.example/callback";
    /** The pair of RFC 7636, appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private Database database;
    private Identity identity;
    private CreatedUser person;
    private Application app;
    private Application otherApp;

    @BeforeAll
    void start(Database database, Vertx vertx, PgConnectOptions options) {
        this.database = database;
        Domains domains = new Domains(new DomainStore(database));
        domains.add("shore.example", "shore.example");
        identity = new Identity(database, domains, EventBus.of(database, vertx, options, true));
        person = identity.users().create(new NewUser(Optional.empty(), "wren", "wren@mail.example", Optional.of("correct horse"), false, true));
        app = register(List.of(CALLBACK, Application.OUT_OF_BAND)).application();
        otherApp = register(List.of(CALLBACK)).application();
    }

    private ApplicationService.Registration register(List<String> redirectUris) {
        return identity.applications().register("App", redirectUris, Scopes.parse("read write"), Optional.empty());
    }

    private Wish wish(String redirectUri, String scope, String challenge, String method) {
        return new Wish(Optional.of("code"), Optional.of(app.clientId()), Optional.of(redirectUri), Optional.of(scope), Optional.of("a&b"),
            Optional.ofNullable(challenge), Optional.ofNullable(method));
    }

    private Request asked(Wish wish) {
        return assertInstanceOf(Outcome.Ask.class, identity.authorization().check(wish)).request();
    }

    private String sentBack(Wish wish) {
        return assertInstanceOf(Outcome.SendBack.class, identity.authorization().check(wish)).location();
    }

    private String code(String challenge) {
        Request request = asked(wish(CALLBACK, "read", challenge, challenge == null ? null : "S256"));
        return identity.authorization().grant(request, person.user().id(), person.account().id());
    }

    private TokenService.Issued exchange(Application client, String code, String redirectUri, String verifier) {
        return identity.tokens().exchange(client, code, Optional.of(redirectUri), Optional.ofNullable(verifier));
    }

    private static String refusedCode(Runnable work) {
        return assertThrows(OAuthRefusal.class, work::run).code();
    }

    @Test
    void codeIsExchangedForATokenOfTheScopesAgreedTo() {
        TokenService.Issued issued = exchange(app, code(CHALLENGE), CALLBACK, VERIFIER);
        AccessToken token = identity.tokens().authenticate(issued.text());
        assertEquals(person.account().id(), token.accountId().orElseThrow());
        assertEquals(Scopes.of("read"), token.scopes());
    }

    @Test
    void nothingSecretIsStoredAsItIs() {
        String code = code(null);
        String token = exchange(app, code, CALLBACK, null).text();
        String secret = register(List.of(CALLBACK)).clientSecret();
        for (String text : List.of(code, token, secret)) {
            assertTrue(!database.exists("""
                select from oauth_code where code_hash = convert_to($1, 'UTF8')
                union all select from oauth_token where token_hash = convert_to($1, 'UTF8')
                union all select from oauth_application where client_secret_hash = convert_to($1, 'UTF8')""", text), "stored in the clear");
        }
    }

    @Test
    void hostileInput116_reusedCodeKillsTheTokenItGave() {
        String code = code(CHALLENGE);
        String token = exchange(app, code, CALLBACK, VERIFIER).text();
        identity.tokens().authenticate(token);
        assertEquals("invalid_grant", refusedCode(() -> exchange(app, code, CALLBACK, VERIFIER)));
        assertEquals(401, assertThrows(Refusal.class, () -> identity.tokens().authenticate(token)).status());
    }

    @Test
    void hostileInput116_wrongOrMissingVerifierIsRefused() {
        String code = code(CHALLENGE);
        assertEquals("invalid_grant", refusedCode(() -> exchange(app, code, CALLBACK, null)));
        assertEquals("invalid_grant", refusedCode(() -> exchange(app, code, CALLBACK, CHALLENGE)));
        assertEquals("invalid_grant", refusedCode(() -> exchange(app, code, CALLBACK, VERIFIER + "x")));
        assertTrue(exchange(app, code, CALLBACK, VERIFIER).text().length() > 40);
    }

    @Test
    void hostileInput116_verifierWithoutChallengeIsRefused() {
        assertEquals("invalid_grant", refusedCode(() -> exchange(app, code(null), CALLBACK, VERIFIER)));
    }

    @Test
    void hostileInput116_codeIsBoundToItsClientAndAddress() {
        String code = code(null);
        assertEquals("invalid_grant", refusedCode(() -> exchange(otherApp, code, CALLBACK, null)));
        assertEquals("invalid_grant", refusedCode(() -> exchange(app, code, CALLBACK + "/x", null)));
        assertEquals("invalid_grant", refusedCode(() -> exchange(app, code, Application.OUT_OF_BAND, null)));
        assertTrue(exchange(app, code, CALLBACK, null).text().length() > 40);
    }

    @Test
    void expiredCodeIsRefused() {
        String code = code(null);
        database.execute("update oauth_code set expires_at = now() - interval '1 second' where code_hash = sha256(convert_to($1, 'UTF8'))", code);
        assertEquals("invalid_grant", refusedCode(() -> exchange(app, code, CALLBACK, null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://app.example/callback/", "https://app.example/callbackx", "https://app.example/callback?x=1",
        "https://evil.example/callback", "HTTPS://app.example/callback", "", "urn:ietf:wg:oauth:2.0:oob:auto"})
    void hostileInput116_nobodyIsSentToAnAddressThatIsNotRegistered(String redirectUri) {
        assertInstanceOf(Outcome.Tell.class, identity.authorization().check(wish(redirectUri, "read", null, null)));
    }

    @Test
    void hostileInput116_plainChallengeIsRefused() {
        assertTrue(sentBack(wish(CALLBACK, "read", VERIFIER, "plain")).startsWith(CALLBACK + "?error=invalid_request&"));
        assertTrue(sentBack(wish(CALLBACK, "read", VERIFIER, null)).contains("error=invalid_request"));
        assertTrue(sentBack(wish(CALLBACK, "read", null, "S256")).contains("error=invalid_request"));
    }

    @Test
    void moreThanTheApplicationRegisteredIsRefusedAndStateComesBack() {
        String location = sentBack(wish(CALLBACK, "read write push", null, null));
        assertTrue(location.contains("error=invalid_scope"), location);
        assertTrue(location.endsWith("&state=a%26b"), location);
        assertEquals(Scopes.parse("read:statuses"), asked(wish(CALLBACK, "read:statuses", null, null)).scopes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "not a uri", "/relative", "https:///nohost",
        "https://app.example/#fragment", "https://user:pw@app.example/"})
    void dangerousRedirectUrisCannotBeRegistered(String redirectUri) {
        assertEquals(422, assertThrows(Refusal.class, () -> register(List.of(redirectUri))).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"icecubesapp://", "com.example.app:/callback", "http://localhost:3000/callback", "urn:ietf:wg:oauth:2.0:oob", "tusky://keyed/path"})
    void nativeSchemesCanBeRegistered(String redirectUri) {
        assertEquals(List.of(redirectUri), register(List.of(redirectUri)).application().redirectUris());
    }

    @Test
    void clientIsKnownByItsSecretAlone() {
        ApplicationService.Registration registration = register(List.of(CALLBACK));
        Optional<String> id = Optional.of(registration.application().clientId());
        assertEquals(registration.application().id(), identity.applications().authenticate(id, Optional.of(registration.clientSecret())).id());
        assertEquals("invalid_client", refusedCode(() -> identity.applications().authenticate(id, Optional.of("wrong"))));
        assertEquals("invalid_client", refusedCode(() -> identity.applications().authenticate(id, Optional.empty())));
        assertEquals("invalid_client", refusedCode(() -> identity.applications().authenticate(Optional.of("nobody"), Optional.of("wrong"))));
    }

    @Test
    void applicationTokenActsForNobody() {
        AccessToken token = identity.tokens().authenticate(identity.tokens().issueForApplication(app, Optional.of("read")).text());
        assertTrue(token.accountId().isEmpty());
        assertEquals("invalid_scope", refusedCode(() -> identity.tokens().issueForApplication(app, Optional.of("push"))));
    }

    @Test
    void onlyTheOwnerRevokesAndRevokedStaysRevoked() {
        String token = exchange(app, code(null), CALLBACK, null).text();
        assertEquals("unauthorized_client", refusedCode(() -> identity.tokens().revoke(otherApp, token)));
        identity.tokens().authenticate(token);
        identity.tokens().revoke(app, token);
        identity.tokens().revoke(app, token);
        identity.tokens().revoke(app, "never given out");
        assertEquals(401, assertThrows(Refusal.class, () -> identity.tokens().authenticate(token)).status());
    }

    @Test
    void hostileInput115_closedSessionCannotBeReplayed() {
        String cookie = identity.sessions().open(person.user().id(), person.account().id(), "browser", "192.0.2.1");
        String another = identity.sessions().open(person.user().id(), person.account().id(), "browser", "192.0.2.1");
        assertNotEquals(cookie, another);
        identity.sessions().close(cookie);
        assertTrue(identity.sessions().find(cookie).isEmpty());
        assertTrue(identity.sessions().find(another).isPresent());
    }
}
