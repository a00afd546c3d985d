package social.dunlin.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Handle;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.search.LocalAddress.OfAccount;
import social.dunlin.search.LocalAddress.OfStatus;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalAddressTest {
    private Domains domains;

    @BeforeAll
    void settle(Database database) {
        domains = Village.settle(database).domains();
    }

    private Optional<LocalAddress> read(String url) {
        return LocalAddress.of(url, domains);
    }

    @Test
    void pagesAndIdsOfAccountsAndPostsAreReadOnEveryServedDomain() {
        assertEquals(Optional.of(new OfAccount(new Handle("alice", "village.example"))), read("https://village.example/@Alice"));
        assertEquals(Optional.of(new OfAccount(new Handle("alice", "hamlet.example"))), read("https://hamlet.example/users/alice?x=1#main-key"));
        assertEquals(Optional.of(new OfStatus(117653926621513483L)), read("https://village.example/@alice/117653926621513483"));
        assertEquals(Optional.of(new OfStatus(12)), read("https://village.example/users/alice/statuses/12/"));
    }

    @Test
    void whatIsNotOursOrNamesSomethingElseIsLeftToOthers() {
        assertEquals(Optional.empty(), read("https://far.example/@alice"));
        assertEquals(Optional.empty(), read("https://village.example/about"));
        assertEquals(Optional.empty(), read("https://village.example/@alice/followers"));
        assertEquals(Optional.empty(), read("https://village.example/users/alice/statuses/9999999999999999999"));
        assertEquals(Optional.empty(), read("not an address"));
    }
}
