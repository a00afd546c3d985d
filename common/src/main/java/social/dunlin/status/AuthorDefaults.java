package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.database.Database;
import social.dunlin.text.TextFormat;

/** What an author's settings say for whatever a post leaves open, and who would hear of the post: all that must be known of an author, by one statement. */
@ApplicationScoped
class AuthorDefaults {
    private final Database database;

    AuthorDefaults(Database database) {
        this.database = database;
    }

    /**
     * What the settings say, and who listens.
     *
     * @param watched        somebody asked to be told of every post
     * @param heardElsewhere somebody on another server follows
     * @param relayed        what is public goes to a relay
     */
    record Defaults(Visibility visibility, boolean sensitive, String language, String quotePolicy, TextFormat format,
                    boolean watched, boolean heardElsewhere, boolean relayed) {
    }

    /** Of somebody without settings those that a new user has. Indexes: follow_watched, follow_of_target, and the keys of account and setting. */
    Defaults of(long accountId) {
        return database.first("""
            select setting.*,
              exists (select from follow where follow.target_account_id = $1 and follow.notify) as watched,
              exists (select from follow where follow.target_account_id = $1
                      and (select domain_id is null from account where account.id = follow.account_id)) as heard_elsewhere,
              exists (select from relay where relay.state = 'accepted') as relayed
            from (values (1)) as one
            left join (select default_visibility, default_sensitive, default_language, default_quote_policy, default_content_type
                       from account_setting where account_id = $1) as setting on true""",
            row -> new Defaults(Visibility.ofApiName(row.getString("default_visibility")).orElse(Visibility.PUBLIC),
                Boolean.TRUE.equals(row.getBoolean("default_sensitive")), row.getString("default_language"),
                row.getString("default_quote_policy") == null ? "public" : row.getString("default_quote_policy"),
                TextFormat.ofMediaType(row.getString("default_content_type")).orElse(TextFormat.PLAIN),
                row.getBoolean("watched"), row.getBoolean("heard_elsewhere"), row.getBoolean("relayed")),
            accountId).orElseThrow();
    }
}
