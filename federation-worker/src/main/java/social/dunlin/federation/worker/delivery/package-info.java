/**
 * Delivering: rows are leased in turns between hosts, signed at each attempt, and removed when they have arrived. A
 * host that keeps failing is left alone behind a circuit breaker.
 */
package social.dunlin.federation.worker.delivery;
