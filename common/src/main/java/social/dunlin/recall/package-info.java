/**
 * What this process remembers of posts, people and readers, never older than the question it is asked for (docs/adr/0031):
 * the statement that lists a page's ids also tells which rows have changed since the last one.
 */
package social.dunlin.recall;
