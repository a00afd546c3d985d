/** The end of accounts, for a time or for good: suspending anybody, deleting one's own, and what goes with it. */
package social.dunlin.removal;
