/** Groundwork that tests of every module share: a PostgreSQL, golden files. */
package social.dunlin.testing;
