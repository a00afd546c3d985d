/**
 * The Mastodon API's entities as records, and the renderers that fill them for whole pages with a fixed
 * number of statements. Every field of the reference is there; a key is left out only where the
 * reference allows it.
 */
package social.dunlin.api.entity;
