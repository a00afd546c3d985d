/**
 * The words of ActivityPub. Reading is tolerant: {@link social.dunlin.activitypub.ActivityJson} parses untrusted bytes
 * strictly as JSON, {@link social.dunlin.activitypub.ApObject} then takes any compact form in use (aliases, lists where
 * one value is expected, numbers as text) and {@link social.dunlin.activitypub.Vocabulary} gives typed records. Writing
 * is exact: {@code ActorDocument}, {@code NoteDocument}, {@code Activities} and others are pure functions to JSON with a
 * fixed order of members. Nothing here asks who may assert what, and nothing here fetches.
 */
package social.dunlin.activitypub;
