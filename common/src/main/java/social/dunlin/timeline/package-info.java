/**
 * Posts in the order people read them: home feeds ({@link social.dunlin.timeline.HomeFeedStore} fills them with each
 * new post), public, tag and account timelines, own lists, reading markers. Every list is one indexed range scan that
 * asks {@link social.dunlin.visibility.StatusVisibility}.
 */
package social.dunlin.timeline;
