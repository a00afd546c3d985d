package social.dunlin.account;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import social.dunlin.refusal.Refusal;

/** The name of a local account: lower case letters, digits and underscores, at most 30. It never changes. */
public record Username(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9_]{1,30}");
    /** Names that other people would take for the people who run the place. */
    private static final Set<String> OFFICIAL = Set.of("abuse", "account", "accounts", "admin", "administration", "administrator", "help",
        "helpdesk", "hostmaster", "info", "instance", "mod", "moderation", "moderator", "moderators", "owner", "postmaster", "root",
        "security", "staff", "support", "sysadmin", "system", "team", "webmaster");
    /** Names that would stand where an address of ours stands. */
    private static final Set<String> OURS = Set.of("actor", "dunlin", "inbox", "outbox", "localhost", "me", "null", "undefined", "everyone",
        "here", "channel");

    public Username {
        value = value.strip().toLowerCase(Locale.ROOT);
        if (!FORM.matcher(value).matches()) {
            throw Refusal.invalid("Username must have 1 to 30 letters (a to z), digits or underscores");
        }
        if (OURS.contains(value)) {
            throw Refusal.invalid("Username is reserved");
        }
    }

    /** True for a name that only those who run the place may bear. */
    public boolean soundsOfficial() {
        return OFFICIAL.contains(value);
    }
}
