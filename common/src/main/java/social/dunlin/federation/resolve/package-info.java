/** Finding accounts and posts of other servers while somebody waits. */
package social.dunlin.federation.resolve;
