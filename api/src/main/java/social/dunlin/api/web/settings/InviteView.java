package social.dunlin.api.web.settings;

import io.quarkus.qute.TemplateData;

/**
 * An invitation on its maker's page.
 *
 * @param uses     how often it was used, and how often it may be
 * @param expires  the day; null = never
 * @param followed who comes by it follows its maker
 * @param open     it can be used
 */
@TemplateData
public record InviteView(long id, String url, String uses, String expires, boolean followed, boolean open) {
}
