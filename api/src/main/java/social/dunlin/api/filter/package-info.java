/** A reader's filters, as Mastodon's second version has them and as its first. */
package social.dunlin.api.filter;
