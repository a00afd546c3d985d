/** The Mastodon API of what goes on behind a reader's back. */
package social.dunlin.api.refresh;
