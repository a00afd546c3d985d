/** Polls of other servers: their tallies, fetched anew. */
package social.dunlin.federation.worker.poll;
