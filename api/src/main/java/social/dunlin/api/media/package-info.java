/** {@code /api/v1/media}, {@code /api/v2/media}, and the files themselves under {@code /media/}. */
package social.dunlin.api.media;
