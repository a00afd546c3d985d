/** Moves blobs between stores. */
package social.dunlin.media.worker.storage;
