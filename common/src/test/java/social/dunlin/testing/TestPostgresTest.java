package social.dunlin.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TestPostgresTest {
    @Test
    void copiesOfATemplateDoNotSeeEachOther() {
        TestPostgres postgres = TestPostgres.start();
        String template = postgres.freshDatabase();
        postgres.execute(template, "CREATE TABLE villager (name text); INSERT INTO villager VALUES ('alice')");
        String first = postgres.freshDatabase(template);
        String second = postgres.freshDatabase(template);
        postgres.execute(first, "INSERT INTO villager VALUES ('bob')");
        assertEquals(2, postgres.query(first, "SELECT name FROM villager").size());
        assertEquals(1, postgres.query(second, "SELECT name FROM villager").size());
    }
}
