/** The Mastodon API of search: accounts and hashtags by text, anything of the fediverse by its address. */
package social.dunlin.api.search;
