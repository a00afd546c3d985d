/** The Mastodon API of search: accounts, hashtags and posts by text, anything of the fediverse by its address. */
package social.dunlin.api.search;
