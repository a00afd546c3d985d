/**
 * Previews of the pages that posts link to. {@link social.dunlin.card.CardRequests} leaves a job when a post has a link,
 * {@link social.dunlin.card.CardFetcher} does it, {@link social.dunlin.card.PreviewCardStore} keeps what came of it.
 */
package social.dunlin.card;
