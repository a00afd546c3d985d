/** The Mastodon API of accounts: reading and finding them, one's own profile, relationships and their lists. */
package social.dunlin.api.account;
