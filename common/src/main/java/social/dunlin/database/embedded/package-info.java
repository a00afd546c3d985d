/**
 * Dunlin's own PostgreSQL: a managed child process with a kept data directory, reachable by its owner alone.
 * {@link social.dunlin.database.embedded.EmbeddedPostgres} starts it (or joins the one that already runs), takes over
 * what a killed Dunlin left behind, and stops it cleanly. The binaries travel beside the application
 * ({@link social.dunlin.database.embedded.PostgresBinaries}); nothing is downloaded or unpacked at run time.
 */
package social.dunlin.database.embedded;
