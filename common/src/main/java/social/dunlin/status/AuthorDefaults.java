package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.database.Database;

/** What an author's settings say for whatever a post leaves open. */
@ApplicationScoped
class AuthorDefaults {
    private final Database database;

    AuthorDefaults(Database database) {
        this.database = database;
    }

    record Defaults(Visibility visibility, boolean sensitive, String language, String quotePolicy) {
        private static final Defaults NONE = new Defaults(Visibility.PUBLIC, false, null, "public");
    }

    Defaults of(long accountId) {
        return database.first("""
            select default_visibility, default_sensitive, default_language, default_quote_policy
            from account_setting where account_id = $1""",
            row -> new Defaults(Visibility.ofApiName(row.getString("default_visibility")).orElse(Visibility.PUBLIC),
                row.getBoolean("default_sensitive"), row.getString("default_language"), row.getString("default_quote_policy")),
            accountId).orElse(Defaults.NONE);
    }
}
