package social.dunlin.api.web.settings;

import io.quarkus.qute.TemplateData;

/**
 * A browser that is logged in.
 *
 * @param key     for the form that ends it
 * @param current it is this one
 */
@TemplateData
public record SessionView(String key, String name, String ip, String since, String lastUsed, boolean current) {
}
