/** Takes copies of other servers' pictures, films and sounds. */
package social.dunlin.media.worker.remote;
