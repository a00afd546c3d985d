/** The Mastodon API of the install itself: instance, rules, peers, custom emoji. */
package social.dunlin.api.instance;
