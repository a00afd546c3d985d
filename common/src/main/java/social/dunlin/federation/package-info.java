/**
 * Talking to other servers: the guarded HTTP client, signatures, fetching, resolving, the outbox.
 */
package social.dunlin.federation;
