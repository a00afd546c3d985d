package social.dunlin.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import social.dunlin.database.Database;
import social.dunlin.domain.Domain;
import social.dunlin.domain.DomainStore;
import social.dunlin.domain.Domains;
import social.dunlin.relationship.Neighbours;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.TestConfiguration;

@ExtendWith(DatabaseExtension.class)
class InstanceStoreTest {
    @Test
    void countsAreOfTheDomainAskedAndPeersAreSortedOnce(Database database) {
        Neighbours neighbours = new Neighbours(database);
        InstanceStore store = new InstanceStore(database);
        Domains domains = new Domains(new DomainStore(database));
        long home = domains.defaultDomain().id();
        long other = domains.add("other.example", "other.example").id();
        assertEquals(List.of(), store.peers());
        assertEquals(new InstanceStatistics(0, 0, 0, 0, 0), store.statistics(home));

        long alice = neighbours.person("alice");
        neighbours.person("bot-without-user");
        neighbours.person("rosa@far.example");
        neighbours.person("otto@far.example");
        neighbours.person("ute@away.example");
        database.execute("insert into dunlin_user (id, email, last_seen_on) values (1, 'a@home.example', current_date - 3)");
        database.execute("update account set user_id = 1 where id = $1", alice);
        database.execute("insert into account_counter (account_id, statuses_count) values ($1, 12)", alice);

        assertEquals(new InstanceStatistics(1, 1, 1, 12, 2), store.statistics(home));
        assertEquals(new InstanceStatistics(0, 0, 0, 0, 2), store.statistics(other));
        assertEquals(List.of("away.example", "far.example"), store.peers());
        database.execute("update dunlin_user set last_seen_on = current_date - 40");
        assertEquals(0, store.statistics(home).activeMonth());
        assertEquals(1, store.statistics(home).activeHalfYear());
    }

    @Test
    void countsAreKeptForAWhile(Database database) {
        new Neighbours(database);
        Domain home = new Domains(new DomainStore(database)).defaultDomain();
        InstanceUsage usage = new InstanceUsage(new InstanceStore(database));
        InstanceStatistics first = usage.of(home);
        long before = database.statementCount();
        assertEquals(first, usage.of(home));
        assertEquals(before, database.statementCount());
    }

    @Test
    void deletedRulesAreNotShown(Database database) {
        new Neighbours(database);
        long home = new Domains(new DomainStore(database)).defaultDomain().id();
        database.execute("insert into instance_rule (domain_id, position, text) values ($1, 2, 'Second'), ($1, 1, 'First')", home);
        database.execute("insert into instance_rule (domain_id, position, text, deleted_at) values ($1, 0, 'Gone', now())", home);
        assertEquals(List.of("First", "Second"), new InstanceStore(database).rules(home).stream().map(InstanceRule::text).toList());
    }

    @Test
    void documentsAreReadAgainWhenTheyChange(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("privacy.md");
        InstanceDocuments documents = new InstanceDocuments(TestConfiguration.of(Map.of("dunlin.instance.privacy-policy-file", file.toString())));
        assertTrue(documents.privacyPolicy().isEmpty() && documents.termsOfService().isEmpty());
        Files.writeString(file, "# We keep *nothing*");
        assertEquals("<p><strong>We keep <em>nothing</em></strong></p>", documents.privacyPolicy().orElseThrow().html());
        Files.writeString(file, "Changed");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
        assertEquals("<p>Changed</p>", documents.privacyPolicy().orElseThrow().html());
        assertEquals(Instant.parse("2026-01-02T03:04:05Z"), documents.privacyPolicy().orElseThrow().changedAt());
    }
}
