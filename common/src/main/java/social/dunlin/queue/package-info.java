/**
 * Work for later. {@link social.dunlin.queue.Jobs} writes a {@link social.dunlin.queue.Job} in the
 * transaction of its cause; a process that was told to work ({@link social.dunlin.queue.JobRunner#start})
 * hands it to the {@link social.dunlin.queue.JobHandler} of its kind, at least once: a lease that is not
 * renewed falls back, so handlers must bear being run twice. {@link social.dunlin.queue.WorkLoop} is the
 * same machinery for any table of leased rows; {@link social.dunlin.queue.LeaseHolders} frees what was leased
 * by processes that are gone; {@link social.dunlin.queue.GatheredJobs} adds those of many callers at once, and past the
 * queue where this process does them itself; {@link social.dunlin.queue.Housekeeping} runs
 * {@link social.dunlin.queue.PeriodicTask}s, each in one process at a time. Nothing polls faster than
 * every half minute: NOTIFY wakes, and the next due time is known.
 */
package social.dunlin.queue;
