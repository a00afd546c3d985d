package social.dunlin.api.web.settings;

import io.quarkus.qute.TemplateData;
import java.util.List;

/**
 * An application that may act for an account.
 *
 * @param website  null when it names none
 * @param lastUsed null = never
 * @param allowed  what it may do, in sentences
 */
@TemplateData
public record AuthorizedApplicationView(long id, long accountId, String name, String website, String acct, String since, String lastUsed,
                                        List<String> allowed) {
}
