/** The Mastodon API of Web Push subscriptions. */
package social.dunlin.api.push;
