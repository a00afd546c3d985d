package social.dunlin.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.UserService.CreatedUser;
import social.dunlin.account.UserService.NewUser;
import social.dunlin.database.Database;
import social.dunlin.domain.DomainStore;
import social.dunlin.domain.Domains;
import social.dunlin.event.EventBus;
import social.dunlin.testing.DatabaseExtension;

/** What is logged in, as its owner sees and ends it. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionsTest {
    private Identity identity;
    private CreatedUser wren;
    private CreatedUser ruff;

    @BeforeAll
    void start(Database database, Vertx vertx, PgConnectOptions options) {
        Domains domains = new Domains(new DomainStore(database));
        domains.add("shore.example", "shore.example");
        identity = new Identity(database, domains, EventBus.of(database, vertx, options, true));
        wren = create("wren");
        ruff = create("ruff");
    }

    private CreatedUser create(String name) {
        return identity.users().create(new NewUser(Optional.empty(), name, name + "@mail.example", Optional.of("correct horse"), false, true));
    }

    private String open(CreatedUser who, String agent) {
        return identity.sessions().open(who.user().id(), who.account().id(), agent, "192.0.2.1");
    }

    private Set<String> agents(CreatedUser who) {
        return identity.sessions().of(who.user().id()).stream().map(OpenSession::userAgent).collect(Collectors.toSet());
    }

    @Test
    void sessionIsEndedByItsOwnerAlone() {
        String first = open(wren, "first");
        open(wren, "second");
        open(wren, "third");
        open(ruff, "other");
        WebSession own = identity.sessions().find(first).orElseThrow();
        String second = identity.sessions().of(wren.user().id()).stream().filter(each -> each.userAgent().equals("second")).findAny().orElseThrow().key();
        identity.sessions().close(ruff.user().id(), second);
        assertEquals(Set.of("first", "second", "third"), agents(wren));
        identity.sessions().close(wren.user().id(), second);
        assertEquals(Set.of("first", "third"), agents(wren));
        identity.sessions().closeOthers(own);
        assertEquals(Set.of("first"), agents(wren));
        assertEquals(Set.of("other"), agents(ruff));
        for (String nothing : List.of("", "zz", "\\x00", own.key() + "00")) {
            identity.sessions().close(wren.user().id(), nothing);
        }
        assertEquals(Optional.empty(), identity.sessions().find(own.key()), "the name of a session opens nothing");
        assertTrue(identity.sessions().find(first).isPresent());
    }

    @Test
    void applicationIsOneEntryAndItsEndEndsItsTokensAlone() {
        String read = identity.tokens().issueForScripts("wren", Scopes.of("read")).text();
        identity.tokens().issueForScripts("wren", Scopes.of("write:statuses"));
        String others = identity.tokens().issueForScripts("ruff", Scopes.of("read")).text();
        List<AuthorizedApplication> listed = identity.tokens().authorizedBy(wren.user().id());
        assertEquals(1, listed.size());
        assertEquals(Scopes.of("read", "write:statuses").names(), listed.getFirst().scopes().names());
        assertEquals("wren@shore.example", listed.getFirst().handle());
        AuthorizedApplication.Name name = new AuthorizedApplication.Name(listed.getFirst().applicationId(), listed.getFirst().accountId());
        identity.tokens().revoke(ruff.user().id(), name);
        assertTrue(identity.tokens().authenticate(read).isUserToken());
        identity.tokens().revoke(wren.user().id(), name);
        assertEquals(List.of(), identity.tokens().authorizedBy(wren.user().id()));
        assertEquals(1, identity.tokens().authorizedBy(ruff.user().id()).size());
        assertTrue(identity.tokens().authenticate(others).isUserToken());
    }
}
