/**
 * Copies of other servers' pictures, films and sounds, kept for a while: {@link social.dunlin.media.cache.RemoteMediaCache}
 * finds and takes them, {@link social.dunlin.media.cache.CacheUpkeep} makes room, {@link social.dunlin.media.cache.CacheWalk}
 * asks for everything ahead where the settings wish it.
 */
package social.dunlin.media.cache;
