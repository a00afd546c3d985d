/** What other servers ask and send: discovery, actors, posts, collections and inboxes. */
package social.dunlin.api.activitypub;
