/**
 * Actors of other servers: fetched by id, confirmed by WebFinger, stored, refreshed and forgotten; and their keys, as
 * the signature verifier asks for them. Nothing here ever writes a local account.
 */
package social.dunlin.federation.actor;
