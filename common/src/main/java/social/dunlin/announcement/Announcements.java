package social.dunlin.announcement;

import static social.dunlin.database.Rows.instant;
import static social.dunlin.database.Rows.strings;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import social.dunlin.activitypub.Uris;
import social.dunlin.database.Database;
import social.dunlin.domain.Domain;
import social.dunlin.emoji.CustomEmoji;
import social.dunlin.emoji.CustomEmojiStore;
import social.dunlin.event.Event.AnnouncementMade;
import social.dunlin.event.Event.AnnouncementReacted;
import social.dunlin.event.Event.AnnouncementWithdrawn;
import social.dunlin.event.EventBus;
import social.dunlin.id.Snowflakes;
import social.dunlin.refusal.Refusal;
import social.dunlin.text.EmojiCode;
import social.dunlin.text.EmojiText;
import social.dunlin.text.MarkdownFormatter;

/** Announcements, who has read them, and how people answer them by emoji. They end by themselves when they have an end. */
@ApplicationScoped
public class Announcements {
    /** As in Mastodon. */
    static final int DIFFERENT_REACTIONS = 8;
    private static final int LONGEST = 10_000;

    private final Database database;
    private final CustomEmojiStore emojis;
    private final EventBus events;

    public Announcements(Database database, CustomEmojiStore emojis, EventBus events) {
        this.database = database;
        this.emojis = emojis;
        this.events = events;
    }

    /** @param domain whose people; null = all served domains'; @param text Markdown */
    public long announce(Domain domain, Uris uris, String text, boolean allDay, Instant startsAt, Instant endsAt) {
        if (text.isBlank() || text.length() > LONGEST) {
            throw Refusal.invalid("Text must have 1 to %d characters".formatted(LONGEST));
        }
        if (startsAt != null && endsAt != null && endsAt.isBefore(startsAt)) {
            throw Refusal.invalid("Ends at must be after starts at");
        }
        List<CustomEmoji.Key> codes = MarkdownFormatter.extract(text).emojis().stream().map(code -> new CustomEmoji.Key("", code.code())).toList();
        return database.transaction(() -> {
            long id = Snowflakes.next();
            database.execute("""
                insert into announcement (id, domain_id, text, content, emojis, all_day, starts_at, ends_at) values ($1, $2, $3, $4, $5, $6, $7, $8)""",
                id, domain == null ? null : Long.valueOf(domain.id()), text, MarkdownFormatter.format(text, Map.of(), tag -> uris.tag(tag.normalised())),
                emojis.byKeys(codes).keySet().stream().map(CustomEmoji.Key::shortcode).sorted().toArray(String[]::new), allDay, startsAt, endsAt);
            events.publish(new AnnouncementMade(id));
            return id;
        });
    }

    /** False when there is none of this id. */
    public boolean withdraw(long id) {
        return database.transaction(() -> {
            boolean gone = database.execute("delete from announcement where id = $1", id) > 0;
            if (gone) {
                events.publish(new AnnouncementWithdrawn(id));
            }
            return gone;
        });
    }

    /** All there are, also those that have ended, oldest first. */
    public List<Announcement> all() {
        return database.list("select announcement.*, false as read from announcement order by id", Announcements::map);
    }

    /** Those that hold now for somebody of this domain, oldest first. */
    public List<Announcement> current(long accountId, long domainId, boolean withRead) {
        return database.list("""
            select announcement.*,
              exists (select from announcement_read where announcement_read.account_id = $1 and announcement_id = announcement.id) as read
            from announcement
            where (ends_at is null or ends_at > now()) and (domain_id is null or domain_id = $2)
              and ($3 or not exists (select from announcement_read where announcement_read.account_id = $1 and announcement_id = announcement.id))
            order by coalesce(starts_at, published_at), id""", Announcements::map, accountId, domainId, withRead);
    }

    public void read(long accountId, long domainId, long id) {
        require(accountId, domainId, id);
        database.execute("insert into announcement_read (account_id, announcement_id) values ($1, $2) on conflict do nothing", accountId, id);
    }

    private void require(long accountId, long domainId, long id) {
        if (current(accountId, domainId, true).stream().noneMatch(announcement -> announcement.id() == id)) {
            throw Refusal.notFound();
        }
    }

    /** @param url picture of a custom emoji; null for a Unicode one */
    public record ReactionCount(String name, String url, String staticUrl, int count, boolean me) {
    }

    /** By announcement, in the order they came. One statement. */
    public Map<Long, List<ReactionCount>> reactions(long accountId, Collection<Long> ids) {
        Map<Long, List<ReactionCount>> reactions = new HashMap<>();
        if (!ids.isEmpty()) {
            database.list("""
                select reaction.announcement_id, reaction.name, custom_emoji.url, custom_emoji.static_url, count(*)::int as number,
                  bool_or(reaction.account_id = $1) as me
                from announcement_reaction reaction
                left join custom_emoji on custom_emoji.host = '' and custom_emoji.shortcode = reaction.name and not custom_emoji.disabled
                where reaction.announcement_id = any($2)
                group by 1, 2, 3, 4 order by min(reaction.id)""",
                row -> reactions.computeIfAbsent(row.getLong("announcement_id"), id -> new ArrayList<>()).add(new ReactionCount(row.getString("name"),
                    row.getString("url"), row.getString("static_url"), row.getInteger("number"), row.getBoolean("me"))),
                accountId, ids.toArray(Long[]::new));
        }
        return reactions;
    }

    /** @param name one emoji, or the code of a custom one of ours */
    public void react(long accountId, long domainId, long id, String name) {
        database.transaction(() -> {
            require(accountId, domainId, id);
            if (!isEmoji(name)) {
                throw Refusal.invalid("Name is not a recognized emoji");
            }
            // Two who are both the last are told apart.
            database.list("select id from announcement where id = $1 for no key update", row -> null, id);
            List<ReactionCount> there = reactions(accountId, List.of(id)).getOrDefault(id, List.of());
            if (there.size() >= DIFFERENT_REACTIONS && there.stream().noneMatch(reaction -> reaction.name().equals(name))) {
                throw Refusal.invalid("Limit of different reactions reached");
            }
            int added = database.execute("""
                insert into announcement_reaction (account_id, announcement_id, name) values ($1, $2, $3) on conflict do nothing""", accountId, id, name);
            tell(added, id, name);
        });
    }

    private boolean isEmoji(String name) {
        return EmojiText.isOneEmoji(name) || EmojiCode.of(name).filter(code -> code.code().equals(name)
            && !emojis.byKeys(List.of(new CustomEmoji.Key("", name))).isEmpty()).isPresent();
    }

    public void unreact(long accountId, long domainId, long id, String name) {
        require(accountId, domainId, id);
        database.transaction(() -> {
            int taken = database.execute("delete from announcement_reaction where account_id = $1 and announcement_id = $2 and name = $3", accountId, id, name);
            tell(taken, id, name);
        });
    }

    private void tell(int changed, long id, String name) {
        if (changed > 0) {
            events.publish(new AnnouncementReacted(id, name));
        }
    }

    private static Announcement map(Row row) {
        return new Announcement(row.getLong("id"), row.getString("text"), row.getString("content"), strings(row, "emojis"), row.getBoolean("all_day"),
            instant(row, "starts_at"), instant(row, "ends_at"), instant(row, "published_at"), instant(row, "updated_at"), row.getBoolean("read"));
    }
}
