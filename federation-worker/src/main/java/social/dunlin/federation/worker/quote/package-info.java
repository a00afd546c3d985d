/** Quotes: what must be asked of other servers about them. */
package social.dunlin.federation.worker.quote;
