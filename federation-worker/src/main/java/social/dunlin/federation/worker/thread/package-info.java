/** Completing threads that somebody opened. */
package social.dunlin.federation.worker.thread;
