/**
 * Taking along whom one follows, blocks and mutes, which servers one blocks and what one has bookmarked: as CSV files in
 * Mastodon's forms, out and in, and straight from the account one comes from. Imports are done by jobs, row by row.
 */
package social.dunlin.transfer;
