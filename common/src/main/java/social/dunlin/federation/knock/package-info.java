/**
 * Signed requests in the form the other side takes: the one remembered of its host, else one after the other (double
 * knock, federation reference §4.5). Fetches and deliveries share it.
 */
package social.dunlin.federation.knock;
