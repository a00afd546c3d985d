package social.dunlin.federation.fetch;

import social.dunlin.database.Database;

/** The memory of failed addresses outside of the container. */
public final class FetchFailuresForTests {
    private FetchFailuresForTests() {
    }

    public static FetchFailures of(Database database) {
        return new FetchFailures(database);
    }
}
