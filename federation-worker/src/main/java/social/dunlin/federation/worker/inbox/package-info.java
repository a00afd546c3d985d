/**
 * Received activities, one class per kind: {@code verify} asks whether the sender may say this and whether it concerns
 * us, {@code apply} does it, idempotently. Nothing embedded from a third party is taken.
 */
package social.dunlin.federation.worker.inbox;
