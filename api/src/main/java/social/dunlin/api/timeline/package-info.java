/** Timelines, an account's posts, favourites, bookmarks and reading markers. */
package social.dunlin.api.timeline;
