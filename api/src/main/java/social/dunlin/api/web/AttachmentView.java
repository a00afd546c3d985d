package social.dunlin.api.web;

import io.quarkus.qute.TemplateData;

/**
 * A picture, video or sound of a post: a tile that says what it is and leads to it. Nothing is loaded from elsewhere
 * before the reader wants it.
 *
 * @param icon        name of the icon, by kind
 * @param kind        the same in words
 * @param description what the author says is to be seen or heard; "" when nothing
 * @param href        where it is; null while it is not ready
 */
@TemplateData
public record AttachmentView(String icon, String kind, String description, String href) {
}
