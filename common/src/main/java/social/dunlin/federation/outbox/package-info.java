/** What local people did, told to other servers: jobs written in the same transaction as their cause. */
package social.dunlin.federation.outbox;
