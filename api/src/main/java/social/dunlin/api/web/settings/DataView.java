package social.dunlin.api.web.settings;

import io.quarkus.qute.TemplateData;
import java.util.List;

/**
 * What stands on the page about taking data along.
 *
 * @param problem why the last form was refused; null = it was not
 */
@TemplateData
public record DataView(List<KindView> kinds, List<ImportView> imports, String problem) {
}
