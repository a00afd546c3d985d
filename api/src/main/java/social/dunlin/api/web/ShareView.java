package social.dunlin.api.web;

import io.quarkus.qute.TemplateData;

/**
 * A post being written.
 *
 * @param text       as typed so far
 * @param warning    the content warning; empty = none
 * @param visibility as the API spells it
 * @param answered   the post it answers; null = none
 * @param answeredId id of that, null = none
 * @param key        makes sending the form twice one post
 * @param problem    why it was not taken; null = it was not sent yet
 */
@TemplateData
public record ShareView(String text, String warning, String visibility, PostView answered, String answeredId, String key, String problem) {
}
