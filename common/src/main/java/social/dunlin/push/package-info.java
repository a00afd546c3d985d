/** Web Push: the key by which push services know this server. */
package social.dunlin.push;
