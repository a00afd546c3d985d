/**
 * The containers of pictures, taken apart without decoding a single pixel: what their headers say
 * ({@link social.dunlin.media.picture.Pictures#header}), what they tell about people
 * ({@link social.dunlin.media.picture.Pictures#leaks}), and the same picture without it
 * ({@link social.dunlin.media.picture.Pictures#strip}). Lossless, in little memory, and safe on hostile files: every read is
 * checked, every loop moves on.
 */
package social.dunlin.media.picture;
