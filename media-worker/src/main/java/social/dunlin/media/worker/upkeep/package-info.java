/** What is tidied up by the clock. */
package social.dunlin.media.worker.upkeep;
