/**
 * What a client sent, in the one form resources read it: query, form, multipart and JSON merged by the
 * rules of Rails that Mastodon's clients lean on, and the {@code Link} header that answers pages.
 */
package social.dunlin.api.request;
