/** Collections of accounts that other servers made. */
package social.dunlin.federation.worker.collection;
