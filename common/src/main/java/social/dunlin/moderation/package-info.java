/** What moderators work on: the reports that people here make and that other servers send, and what they say to people here. */
package social.dunlin.moderation;
