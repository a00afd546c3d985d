/** The Mastodon API of whom to follow: suggestions and the directory. */
package social.dunlin.api.suggestion;
