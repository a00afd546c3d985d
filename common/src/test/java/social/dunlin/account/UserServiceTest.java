package social.dunlin.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import social.dunlin.account.UserService.CreatedUser;
import social.dunlin.account.UserService.NewUser;
import social.dunlin.database.Database;
import social.dunlin.domain.Domain;
import social.dunlin.domain.DomainStore;
import social.dunlin.domain.Domains;
import social.dunlin.event.EventBus;
import social.dunlin.oauth.Identity;
import social.dunlin.oauth.Scopes;
import social.dunlin.refusal.Refusal;
import social.dunlin.testing.DatabaseExtension;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserServiceTest {
    private Database database;
    private Domains domains;
    private Domain shore;
    private Domain harbour;
    private Identity identity;
    private UserService users;

    @BeforeAll
    void start(Database database, Vertx vertx, PgConnectOptions options) {
        this.database = database;
        domains = new Domains(new DomainStore(database));
        shore = domains.add("shore.example", "shore.example");
        harbour = domains.add("harbour.example", "harbour.example");
        identity = new Identity(database, domains, EventBus.of(database, vertx, options, true));
        users = identity.users();
    }

    private CreatedUser create(String name) {
        return users.create(new NewUser(Optional.empty(), name, name + "@mail.example", Optional.of("correct horse " + name), false, true));
    }

    private static Refusal refused(Runnable work) {
        return assertThrows(Refusal.class, work::run);
    }

    @Test
    void userAccountAddressesKeysAndSettingsAreMadeTogether() {
        Account account = create("Wren").account();
        assertEquals("wren", account.username());
        assertEquals("https://shore.example/users/wren", account.uri());
        assertEquals("https://shore.example/@wren", account.url());
        assertEquals("https://shore.example/users/wren/inbox", account.inboxUrl());
        assertEquals("https://shore.example/inbox", account.sharedInboxUrl());
        assertEquals("https://shore.example/users/wren/collections/featured", account.featuredUrl());
        assertEquals(List.of("https://shore.example/users/wren#ed25519-key ed25519", "https://shore.example/users/wren#main-key rsa"),
            database.list("select key_id || ' ' || algorithm as line from account_key where account_id = $1 order by key_id",
                row -> row.getString("line"), account.id()));
        assertTrue(database.exists("select from account_setting join account_counter using (account_id) where account_id = $1", account.id()));
    }

    @Test
    void nameOrAddressTakenIsRefusedAndLeavesNothingBehind() {
        create("plover");
        assertEquals("Validation failed: Username has already been taken", refused(() -> users.create(
            new NewUser(Optional.empty(), "PLOVER", "other@mail.example", Optional.of("long enough"), false, true))).getMessage());
        assertEquals("Validation failed: E-mail has already been taken", refused(() -> users.create(
            new NewUser(Optional.empty(), "plover2", "PLOVER@MAIL.example", Optional.of("long enough"), false, true))).getMessage());
        assertFalse(database.exists("select from dunlin_user where email = 'other@mail.example'"));
        assertFalse(database.exists("select from account where username = 'plover2'"));
    }

    @Test
    void sameNameMayLiveOnAnotherDomain() {
        create("gull");
        Account other = users.create(new NewUser(Optional.of("harbour.example"), "gull", "gull@harbour.example", Optional.of("long enough"), false, true))
            .account();
        assertEquals("gull@harbour.example", other.handle());
        assertEquals("https://harbour.example/users/gull", other.uri());
    }

    @Test
    void reservedNamesAreForThoseWhoRunThePlace() {
        assertEquals(422, refused(() -> create("admin")).status());
        assertEquals(422, refused(() -> create("actor")).status());
        assertEquals(422, refused(() -> create("with space")).status());
        assertEquals(422, refused(() -> create("a".repeat(31))).status());
        assertEquals("admin", users.create(new NewUser(Optional.empty(), "admin", "boss@mail.example", Optional.of("long enough"), true, true))
            .account().username());
    }

    @Test
    void passwordIsMadeWhenNoneIsGivenAndItFits() {
        CreatedUser made = users.create(new NewUser(Optional.empty(), "knot", "knot@mail.example", Optional.empty(), false, true));
        String password = made.generatedPassword().orElseThrow();
        assertEquals(made.user().id(), users.authenticate(shore, "knot@mail.example", password).orElseThrow().id());
        assertFalse(made.user().passwordHash().contains(password));
    }

    @Test
    void hostileInput110_unknownUserAndWrongPasswordLookTheSame() {
        create("tern");
        assertTrue(users.authenticate(shore, "tern@mail.example", "correct horse tern").isPresent());
        assertTrue(users.authenticate(shore, "tern", "correct horse tern").isPresent());
        assertEquals(Optional.empty(), users.authenticate(shore, "tern@mail.example", "wrong"));
        assertEquals(Optional.empty(), users.authenticate(shore, "nobody@mail.example", "wrong"));
        assertEquals(Optional.empty(), users.authenticate(shore, "tern@mail.example", "x".repeat(100_000)));
    }

    @Test
    void hostileInput106_loginOfOneDomainIsNoneAtAnother() {
        create("stint");
        assertEquals(Optional.empty(), users.authenticate(harbour, "stint@mail.example", "correct horse stint"));
    }

    @Test
    void hostileInput92_newPasswordEndsSessionsAndTokens() {
        CreatedUser made = create("ruff");
        String session = identity.sessions().open(made.user().id(), made.account().id(), "test", "127.0.0.1");
        String token = identity.tokens().issueForScripts("ruff", Scopes.of("read")).text();
        assertTrue(identity.sessions().find(session).isPresent());
        assertEquals(made.account().id(), identity.tokens().authenticate(token).accountId().orElseThrow());
        users.changePassword(made.user().id(), "another password");
        assertTrue(identity.sessions().find(session).isEmpty());
        assertEquals(401, refused(() -> identity.tokens().authenticate(token)).status());
        assertEquals(Optional.empty(), users.authenticate(shore, "ruff@mail.example", "correct horse ruff"));
        assertTrue(users.authenticate(shore, "ruff@mail.example", "another password").isPresent());
    }

    @Test
    void unconfirmedPersonCannotLogInAndItsTokenIsForbidden() {
        users.create(new NewUser(Optional.empty(), "curlew", "curlew@mail.example", Optional.of("correct horse curlew"), false, false));
        assertEquals(Optional.empty(), users.authenticate(shore, "curlew@mail.example", "correct horse curlew"));
        String token = identity.tokens().issueForScripts("@curlew@shore.example", Scopes.of("read")).text();
        assertEquals(403, refused(() -> identity.tokens().authenticate(token)).status());
    }

    @Test
    void instanceActorIsMadeOnce() {
        InstanceActors actors = identity.instanceActors();
        actors.ensure();
        Account actor = actors.of(shore);
        actors.ensure();
        assertEquals(actor.id(), actors.of(shore).id());
        assertEquals("https://shore.example/actor", actor.uri());
        assertEquals("Application", actor.actorType());
        assertEquals(1, database.list("select id from account where uri = 'https://shore.example/actor'", row -> row.getLong("id")).size());
    }

    @Test
    void anotherIdentityBelongsToTheSameLogin() {
        CreatedUser made = create("godwit");
        Account second = identity.localAccounts().create(shore, made.user(), "godwit_art");
        assertEquals(List.of(made.account().id(), second.id()), users.accountsOn(shore, made.user()).stream().map(Account::id).toList());
    }
}
