/** What moderators work on: the reports that people here make and that other servers send. */
package social.dunlin.moderation;
