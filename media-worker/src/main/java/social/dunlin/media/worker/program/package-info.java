/** Other programs, run under limits of time, memory and file size, without network where the system allows it. */
package social.dunlin.media.worker.program;
