package social.dunlin.api.web.settings;

import io.quarkus.qute.TemplateData;

/**
 * Something that can be taken along.
 *
 * @param code     as forms and addresses say it
 * @param name     as people read it
 * @param fileName of the export
 */
@TemplateData
public record KindView(String code, String name, String fileName) {
}
