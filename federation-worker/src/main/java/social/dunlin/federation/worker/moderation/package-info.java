/** What follows from what moderators decide. */
package social.dunlin.federation.worker.moderation;
