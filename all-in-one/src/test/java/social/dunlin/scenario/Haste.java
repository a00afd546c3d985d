package social.dunlin.scenario;

import social.dunlin.testing.TestPostgres;

/** Brings forward what a server has put off by chance, up to a minute, so that no test waits for it. */
final class Haste {
    private Haste() {
    }

    /** @param kind of the jobs, of which there may be none yet */
    static void jobs(TestPostgres postgres, String database, String kind) {
        postgres.execute(database, "update job set run_at = now() where state = 'scheduled' and kind = '%s'".formatted(kind));
        postgres.execute(database, "select pg_notify('dunlin', '{\"event\":\"jobs_waiting\",\"kind\":\"%s\",\"due\":1}')".formatted(kind));
    }
}
