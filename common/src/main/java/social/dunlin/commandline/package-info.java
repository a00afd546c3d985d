/**
 * What people type after {@code dunlin}. {@link social.dunlin.commandline.Arguments} turns the words into an
 * {@link social.dunlin.commandline.Invocation} before anything starts; one class per command carries it out with the
 * same services that serve the interface for people and the API.
 */
package social.dunlin.commandline;
