/** Telling others what local people did: the text is rendered once, the audience is found, deliveries are written. */
package social.dunlin.federation.worker.outbox;
