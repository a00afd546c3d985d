package social.dunlin.api.web;

import io.quarkus.qute.TemplateData;
import java.util.Map;

/**
 * The sign-up page as it was sent, to be filled in again.
 *
 * @param problems what is wrong with a field, by its name, in the reader's language
 */
@TemplateData
public record SignUpForm(String username, String email, String reason, boolean reasonWanted, Map<String, String> problems) {
    static SignUpForm empty(boolean reasonWanted) {
        return new SignUpForm("", "", "", reasonWanted, Map.of());
    }

    /** Null when nothing is wrong with it. */
    public String problem(String field) {
        return problems.get(field);
    }
}
