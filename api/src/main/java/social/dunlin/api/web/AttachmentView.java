package social.dunlin.api.web;

import io.quarkus.qute.TemplateData;

/**
 * A picture, video or sound of a post. What lies on this server is shown; the rest is a tile that says what it is and leads
 * to it, for nothing is loaded from elsewhere before the reader wants it.
 *
 * @param icon        name of the icon, by kind
 * @param kind        the same in words
 * @param description what the author says is to be seen or heard; "" when nothing
 * @param href        where it is; null while it is not ready
 * @param shown       image, video, gifv or audio when it is shown in the page; "" for a tile
 * @param preview     the picture that stands for it; null when there is none
 * @param width       of the preview, so that the page does not jump; 0 when not known
 */
@TemplateData
public record AttachmentView(String icon, String kind, String description, String href, String shown, String preview, int width, int height) {
}
