/** Films and sounds, by ffmpeg where it is installed. */
package social.dunlin.media.worker.film;
