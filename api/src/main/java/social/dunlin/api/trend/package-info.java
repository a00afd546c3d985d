/** The Mastodon API of what is talked about. */
package social.dunlin.api.trend;
