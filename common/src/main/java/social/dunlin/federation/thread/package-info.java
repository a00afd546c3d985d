/**
 * Threads that did not arrive whole: the posts that are missing are fetched from where they live, behind the reader's
 * back, within bounds; with them the numbers their origins tell.
 */
package social.dunlin.federation.thread;
