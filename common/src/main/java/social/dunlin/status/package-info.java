/**
 * Posts, boosts and what people do with them. {@link social.dunlin.status.StatusService} and {@link social.dunlin.status.StatusActions}
 * serve local people, {@link social.dunlin.status.RemoteStatuses} and {@link social.dunlin.status.RemoteInteractions} the inbox; so do
 * {@link social.dunlin.status.QuoteService} and {@link social.dunlin.status.RemoteQuotes} for quotes under consent (FEP-044f). All
 * write the post, its counters, home-feed rows, notifications, jobs and events in one transaction. Reactions, pins and what
 * communities say come in by {@link social.dunlin.status.RemoteReactions}, {@link social.dunlin.status.RemotePins} and
 * {@link social.dunlin.status.RemoteCommunities}. Posts for later wait in {@link social.dunlin.status.ScheduledStatuses}.
 */
package social.dunlin.status;
