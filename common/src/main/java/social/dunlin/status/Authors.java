package social.dunlin.status;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.database.Database;
import social.dunlin.refusal.Refusal;
import social.dunlin.text.TextFormat;

/**
 * All that must be known of an author before they post, by one statement. What was read is remembered for {@link
 * PlainPostWriter}, whose statement finds out whether it is still so.
 */
@Singleton
class Authors {
    /** A few kilobytes each. */
    private static final int MOST = 256;

    private final Database database;
    private final LinkedHashMap<Long, Author> known = new LinkedHashMap<>(16, 0.75f, true);

    Authors(Database database) {
        this.database = database;
    }

    /** What an author's settings say for whatever a post leaves open. */
    record Defaults(Visibility visibility, boolean sensitive, String language, String quotePolicy, TextFormat format) {
        private static final Defaults NONE = new Defaults(Visibility.PUBLIC, false, null, "public", TextFormat.PLAIN);
    }

    /**
     * An author and who listens.
     *
     * @param isWatched        somebody asked to be told of every post
     * @param isHeardElsewhere somebody on another server follows
     * @param isHidden         somebody blocks or mutes them, is blocked by them, or keeps them in a list
     * @param isRelayed        what is public goes to a relay
     * @param version          of the account's row
     * @param settingVersion   of the row of their settings; null without one
     */
    record Author(Account account, Defaults defaults, boolean isWatched, boolean isHeardElsewhere, boolean isHidden, boolean isRelayed, String version, String settingVersion) {
    }

    /** As it was read at some time, its counters too: for whoever looks whether it is still so. */
    Author remembered(long accountId) {
        synchronized (known) {
            Author author = known.get(accountId);
            if (author != null) {
                return author;
            }
        }
        return byId(accountId);
    }

    void forget(long accountId) {
        synchronized (known) {
            known.remove(accountId);
        }
    }

    /** Indexes: follow_watched, follow_of_target, block_by_account, block_of_target, mute_of_target, list_account_of_account, and the keys of account, its counter and setting. Every follower is looked up by the key, however many accounts there are. */
    Author byId(long accountId) {
        Author read = read(accountId);
        synchronized (known) {
            known.put(accountId, read);
            if (known.size() > MOST) {
                known.pollFirstEntry();
            }
        }
        return read;
    }

    private Author read(long accountId) {
        return database.first("select " + AccountStore.COLUMNS + """
            , setting.default_visibility, setting.default_sensitive, setting.default_language, setting.default_quote_policy, setting.default_content_type,
              exists (select from follow where follow.target_account_id = $1 and follow.notify) as watched,
              exists (select from follow where follow.target_account_id = $1
                      and (select follower.domain_id is null from account follower where follower.id = follow.account_id)) as heard_elsewhere,
              exists (select from block where block.account_id = $1) or exists (select from block where block.target_account_id = $1)
                or exists (select from mute where mute.target_account_id = $1) or exists (select from list_account where list_account.account_id = $1) as hidden,
              exists (select from relay where relay.state = 'accepted') as relayed,
              account.xmin::text as version, setting.xmin::text as setting_version
            from account left join account_counter on account_counter.account_id = account.id
            left join account_setting setting on setting.account_id = account.id
            where account.id = $1""",
            row -> new Author(AccountStore.map(row), row.getString("default_visibility") == null ? Defaults.NONE
                : new Defaults(Visibility.ofApiName(row.getString("default_visibility")).orElse(Visibility.PUBLIC),
                    row.getBoolean("default_sensitive"), row.getString("default_language"), row.getString("default_quote_policy"),
                    TextFormat.ofMediaType(row.getString("default_content_type")).orElse(TextFormat.PLAIN)),
                row.getBoolean("watched"), row.getBoolean("heard_elsewhere"), row.getBoolean("hidden"), row.getBoolean("relayed"), row.getString("version"), row.getString("setting_version")),
            accountId).orElseThrow(Refusal::unauthorized);
    }
}
