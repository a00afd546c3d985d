package social.dunlin.api.web.settings;

import io.quarkus.qute.TemplateData;

/**
 * The page about one's pictures.
 *
 * @param accept  content types that can be posted, for the file chooser
 * @param problem why the last form was refused; null = it was not
 */
@TemplateData
public record PicturesView(String avatar, boolean hasAvatar, boolean hasHeader, String accept, String problem) {
}
