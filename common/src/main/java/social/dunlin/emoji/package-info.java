/** Custom emoji, ours and those of other servers: looked up for whole pages at once. */
package social.dunlin.emoji;
