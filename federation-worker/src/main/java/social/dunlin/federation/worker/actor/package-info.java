/** Keeping remote actors fresh in the background, and bringing local people along when one moves. */
package social.dunlin.federation.worker.actor;
