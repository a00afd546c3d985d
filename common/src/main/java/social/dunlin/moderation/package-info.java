/** What moderators work on: so far the reports that other servers send. */
package social.dunlin.moderation;
