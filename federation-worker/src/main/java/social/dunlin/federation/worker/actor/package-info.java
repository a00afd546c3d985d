/** Keeping remote actors fresh in the background. */
package social.dunlin.federation.worker.actor;
