/** The Mastodon API of looking back on a year. */
package social.dunlin.api.annualreport;
