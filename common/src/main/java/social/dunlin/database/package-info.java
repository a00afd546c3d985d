/**
 * The way to PostgreSQL: {@link social.dunlin.database.Database} waits for the reactive driver and carries
 * the transaction, {@link social.dunlin.database.Gathering} lets those who come at the same time share one, {@link
 * social.dunlin.database.Migrator} brings the schema up to date. SQL itself stands in the stores of each area.
 */
package social.dunlin.database;
