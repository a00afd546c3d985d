/** What becomes of an upload: one job handler, one processor for each purpose. */
package social.dunlin.media.worker.processing;
