/** The Mastodon API of announcements. */
package social.dunlin.api.announcement;
