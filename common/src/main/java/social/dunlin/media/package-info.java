/**
 * Attachments of posts: {@link social.dunlin.media.MediaAttachment} is the row,
 * {@link social.dunlin.media.MediaAttachmentStore} reads and attaches it.
 */
package social.dunlin.media;
