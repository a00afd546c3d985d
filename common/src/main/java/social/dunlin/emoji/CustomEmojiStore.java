package social.dunlin.emoji;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import social.dunlin.database.Database;
import social.dunlin.emoji.CustomEmoji.Key;

/** SQL of custom emoji. */
@ApplicationScoped
public class CustomEmojiStore {
    private static final String COLUMNS = " custom_emoji.host, custom_emoji.shortcode, custom_emoji.url, custom_emoji.static_url, custom_emoji.category, custom_emoji.visible ";

    private final Database database;

    public CustomEmojiStore(Database database) {
        this.database = database;
    }

    /** Ours, in the order of the picker. Index: custom_emoji_host_shortcode_key. */
    public List<CustomEmoji> ours() {
        return database.list("""
            select %s from custom_emoji
            where host = '' and not disabled
            order by category nulls first, shortcode""".formatted(COLUMNS), CustomEmojiStore::map);
    }

    /** Those of the wanted ones that are known and not disabled. One statement whatever the number. Index: custom_emoji_host_shortcode_key. */
    public Map<Key, CustomEmoji> byKeys(Collection<Key> wanted) {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        List<Key> keys = List.copyOf(Set.copyOf(wanted));
        return database.list("""
            select %s
            from unnest($1::text[], $2::text[]) as wanted(host, shortcode)
            join custom_emoji using (host, shortcode)
            where not custom_emoji.disabled""".formatted(COLUMNS), CustomEmojiStore::map,
                keys.stream().map(Key::host).toArray(String[]::new), keys.stream().map(Key::shortcode).toArray(String[]::new)).stream()
            .collect(Collectors.toMap(CustomEmoji::key, Function.identity()));
    }

    /** False when there is none of this name. */
    public boolean removeOurs(String shortcode) {
        return database.execute("delete from custom_emoji where host = '' and shortcode = $1", shortcode) > 0;
    }

    private static CustomEmoji map(Row row) {
        return new CustomEmoji(row.getString("host"), row.getString("shortcode"), row.getString("url"), row.getString("static_url"),
            row.getString("category"), row.getBoolean("visible"));
    }
}
