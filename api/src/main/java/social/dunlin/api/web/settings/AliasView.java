package social.dunlin.api.web.settings;

import io.quarkus.qute.TemplateData;

/** @param name the handle when the account is known here, else its address */
@TemplateData
public record AliasView(String uri, String name) {
}
