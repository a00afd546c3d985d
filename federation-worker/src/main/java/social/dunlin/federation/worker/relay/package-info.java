/** Asking relays in the background. */
package social.dunlin.federation.worker.relay;
