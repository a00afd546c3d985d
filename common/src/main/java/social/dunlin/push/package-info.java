/**
 * Web Push: who wants to be woken by what ({@link social.dunlin.push.PushSubscriptions}), the jobs that a notification
 * leaves ({@link social.dunlin.push.PushQueue}), and what is sent: the words, their encryption, and the key by which push
 * services know this server.
 */
package social.dunlin.push;
