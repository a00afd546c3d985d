/**
 * Keeping remote actors fresh in the background, bringing local people along when one moves, and taking away what deleted
 * local accounts left.
 */
package social.dunlin.federation.worker.actor;
