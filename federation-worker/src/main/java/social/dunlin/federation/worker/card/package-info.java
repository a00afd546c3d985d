/** Looks at the pages that posts link to. */
package social.dunlin.federation.worker.card;
