/** Comparing followers with other servers in the background. */
package social.dunlin.federation.worker.followers;
