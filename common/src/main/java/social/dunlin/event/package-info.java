/**
 * What has just happened, told to whoever listens: {@link social.dunlin.event.EventBus} publishes with the
 * current transaction and carries {@link social.dunlin.event.Event}s between processes by PostgreSQL
 * LISTEN/NOTIFY. Events carry ids, never content, and are hints: whoever must not miss anything reads the
 * tables again when told that something may have been missed.
 */
package social.dunlin.event;
