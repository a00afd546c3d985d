package social.dunlin.account;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.database.Database;

/** SQL of the settings of local accounts. */
@ApplicationScoped
public class AccountSettingStore {
    private final Database database;

    public AccountSettingStore(Database database) {
        this.database = database;
    }

    /** The account's settings, or the defaults. Index: account_setting_pkey. */
    public AccountSettings of(long accountId) {
        return database.first("""
            select default_visibility, default_sensitive, default_language, default_quote_policy, default_content_type,
              expand_media, expand_spoilers, reduce_motion
            from account_setting where account_id = $1""", AccountSettingStore::map, accountId).orElse(AccountSettings.DEFAULTS);
    }

    public void save(long accountId, AccountSettings settings) {
        database.execute("""
            insert into account_setting (account_id, default_visibility, default_sensitive, default_language, default_quote_policy,
              default_content_type, expand_media, expand_spoilers, reduce_motion)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (account_id) do update set
              default_visibility = excluded.default_visibility,
              default_sensitive = excluded.default_sensitive,
              default_language = excluded.default_language,
              default_quote_policy = excluded.default_quote_policy,
              default_content_type = excluded.default_content_type,
              expand_media = excluded.expand_media,
              expand_spoilers = excluded.expand_spoilers,
              reduce_motion = excluded.reduce_motion""",
            accountId, settings.defaultVisibility(), settings.defaultSensitive(), settings.defaultLanguage(), settings.defaultQuotePolicy(),
            settings.defaultContentType(), settings.expandMedia(), settings.expandSpoilers(), settings.reduceMotion());
    }

    private static AccountSettings map(Row row) {
        return new AccountSettings(row.getString("default_visibility"), row.getBoolean("default_sensitive"), row.getString("default_language"),
            row.getString("default_quote_policy"), row.getString("default_content_type"), row.getString("expand_media"),
            row.getBoolean("expand_spoilers"), row.getBoolean("reduce_motion"));
    }
}
