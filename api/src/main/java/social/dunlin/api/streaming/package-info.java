/**
 * What people watch live: WebSocket and server-sent events. {@link social.dunlin.api.streaming.StreamRoutes} lets
 * connections in, {@link social.dunlin.api.streaming.StreamHub} knows who is there and hears of events, and
 * {@link social.dunlin.api.streaming.PostFanOut} decides who gets a post and in which form.
 */
package social.dunlin.api.streaming;
