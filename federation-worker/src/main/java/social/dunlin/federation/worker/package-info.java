/** The role that talks to other servers in the background: inbox, outbox, delivery, refreshing. */
package social.dunlin.federation.worker;
