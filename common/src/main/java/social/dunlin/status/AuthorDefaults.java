package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.database.Database;
import social.dunlin.text.TextFormat;

/** What an author's settings say for whatever a post leaves open. */
@ApplicationScoped
class AuthorDefaults {
    private final Database database;

    AuthorDefaults(Database database) {
        this.database = database;
    }

    record Defaults(Visibility visibility, boolean sensitive, String language, String quotePolicy, TextFormat format) {
        private static final Defaults NONE = new Defaults(Visibility.PUBLIC, false, null, "public", TextFormat.PLAIN);
    }

    Defaults of(long accountId) {
        return database.first("""
            select default_visibility, default_sensitive, default_language, default_quote_policy, default_content_type
            from account_setting where account_id = $1""",
            row -> new Defaults(Visibility.ofApiName(row.getString("default_visibility")).orElse(Visibility.PUBLIC),
                row.getBoolean("default_sensitive"), row.getString("default_language"), row.getString("default_quote_policy"),
                TextFormat.ofMediaType(row.getString("default_content_type")).orElse(TextFormat.PLAIN)),
            accountId).orElse(Defaults.NONE);
    }
}
