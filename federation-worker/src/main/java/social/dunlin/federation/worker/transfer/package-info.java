/** Bringing along what people import, at a pace that floods nobody. */
package social.dunlin.federation.worker.transfer;
