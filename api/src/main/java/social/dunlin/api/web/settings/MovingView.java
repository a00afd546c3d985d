package social.dunlin.api.web.settings;

import io.quarkus.qute.TemplateData;
import java.util.List;

/**
 * What stands on the page about moving.
 *
 * @param acct    of the account, with its domain
 * @param movedTo handle of its new home; null while it has not moved
 * @param problem why the last form was refused; null = it was not
 */
@TemplateData
public record MovingView(String acct, List<AliasView> aliases, String movedTo, String problem) {
}
