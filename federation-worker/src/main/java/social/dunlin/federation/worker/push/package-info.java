/** Web Push: sends what wakes people's clients. */
package social.dunlin.federation.worker.push;
