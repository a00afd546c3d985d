package social.dunlin.api.web;

import io.quarkus.qute.TemplateData;

/**
 * Somebody or a post that a person who is logged in was sent to.
 *
 * @param uri     as it was asked for
 * @param who     null when it is a post
 * @param post    null when it is somebody
 * @param done    true when it is followed or asked to be, or favourited
 * @param boosted true when the reader has boosted the post
 * @param open    whether it can be followed or boosted at all
 * @param problem what went wrong; null = nothing
 */
@TemplateData
public record InteractionView(String uri, String id, AuthorView who, PostView post, boolean done, boolean boosted, boolean open, String problem) {
}
