/** Moves all blobs from the store that was in use to the one that is, while both are read. */
package social.dunlin.media.storage;
