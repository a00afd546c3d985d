package social.dunlin.api.web;

import io.quarkus.qute.TemplateData;
import java.util.Map;

/**
 * The sign-up page as it was sent, to be filled in again.
 *
 * @param invite   code of an invitation; empty without one
 * @param problems what is wrong with a field, by its name, in the reader's language
 */
@TemplateData
public record SignUpForm(String username, String email, String reason, boolean reasonWanted, String invite, Map<String, String> problems) {
    static SignUpForm empty(boolean reasonWanted, String invite) {
        return new SignUpForm("", "", "", reasonWanted, invite, Map.of());
    }

    /** Null when nothing is wrong with it. */
    public String problem(String field) {
        return problems.get(field);
    }
}
