package social.dunlin.api.web.settings;

import io.quarkus.qute.TemplateData;
import java.util.List;

/**
 * What stands on the page about the second step.
 *
 * @param codesLeft recovery codes that are still good; asked while it is on
 * @param key       of the secret on offer, for the form; null while it is on, as the next two
 * @param secret    the same for typing
 * @param picture   the same for scanning, SVG
 * @param codes     recovery codes just made, which are shown this once
 * @param problem   why the last form was refused; null = it was not
 */
@TemplateData
public record TwoFactorView(boolean on, int codesLeft, String key, String secret, String picture, List<String> codes, String problem) {
}
