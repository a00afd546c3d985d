/** Hashtags that readers follow: {@link social.dunlin.tag.TagFollows}. */
package social.dunlin.tag;
