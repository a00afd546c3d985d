import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import social.dunlin.database.Database;
import social.dunlin.id.Snowflakes;

/**
 * Fills a database with a plausible past: people of 2,000 other servers, few of whom write much; replies, boosts, tags,
 * mentions, pictures, counts. Written by PostgreSQL itself, so a million posts take a minute or two. It can be called
 * again to add more.
 */
final class Seed {
    private static final int HOSTS = 2_000;
    private static final int TAGS = 500;
    private static final int FOLLOWED = 300;
    private static final int OTHER_READERS = 200;
    private static final int NOTIFICATIONS = 2_000;
    private static final Duration PAST = Duration.ofDays(90);
    private static final int AT_ONCE = 50_000;

    private final Pool pool;
    private final Database database;

    Seed(Pool pool) {
        this.pool = pool;
        this.database = new Database(pool);
    }

    /** Adds what is missing to so many accounts and posts, then gives the reader follows, a home feed and notifications. */
    void fill(int accounts, int statuses, String reader) {
        addAccounts(accounts);
        addTags();
        addMarks(accounts);
        long present = count("status");
        for (long from = present; from < statuses; from += AT_ONCE) {
            addStatuses(from, Math.min(statuses, from + AT_ONCE), statuses, accounts);
        }
        addRare(accounts);
        addReader(reader, accounts);
        script("analyze");
        script("checkpoint");
    }

    private void addAccounts(int accounts) {
        database.execute("""
            insert into account (id, username, host, uri, url, display_name, note, inbox_url, shared_inbox_url, followers_url, fetched_at, created_at, avatar_remote_url)
            select number, 'person' || number, host, 'https://' || host || '/users/' || number, 'https://' || host || '/@person' || number,
                   'Person Number ' || number, '<p>I write about the sea, the weather and number ' || number || '.</p>',
                   'https://' || host || '/users/' || number || '/inbox', 'https://' || host || '/inbox', 'https://' || host || '/users/' || number || '/followers',
                   now(), now() - interval '1 year', 'https://' || host || '/avatars/' || number || '.png'
            from generate_series(1::bigint, $1::bigint) as number, lateral (select 'h' || number % $2::bigint || '.example' as host) place
            on conflict do nothing""", (long) accounts, (long) HOSTS);
        database.execute("""
            insert into account_counter (account_id, statuses_count, followers_count, following_count, last_status_at)
            select id, 10, id % 1000, id % 300, now() from account where id <= $1 on conflict do nothing""", (long) accounts);
    }

    /** What people think of each other and of posts, so that none of these tables is empty; nothing of it is the reader's. */
    private void addMarks(int accounts) {
        for (String table : new String[] {"block", "mute"}) {
            database.execute("""
                insert into %s (account_id, target_account_id)
                select 1 + number * 7 %% $1, 1 + (number * 13 + 5) %% $1 from generate_series(1::bigint, $1::bigint / 2) as number
                where number * 7 %% $1 <> (number * 13 + 5) %% $1 on conflict do nothing""".formatted(table), (long) accounts);
        }
        database.execute("""
            insert into account_domain_block (account_id, host)
            select 1 + number * 7 % $1, 'h' || number % $2 || '.example' from generate_series(1::bigint, $1::bigint / 4) as number
            on conflict do nothing""", (long) accounts, (long) HOSTS);
    }

    private void addTags() {
        database.execute("insert into tag (name, display_name) select 'tag' || number, 'Tag' || number from generate_series(1, $1::int) as number on conflict do nothing", TAGS);
    }

    /** Numbers from..to of total; a post's number decides everything about it, and its id lies in the past by its number, its lowest bits as mixed as the server's own. */
    private void addStatuses(long from, long to, long total, int accounts) {
        long newest = Snowflakes.floor(Instant.now());
        long span = PAST.toMillis() << 16;
        String post = """
            create temporary table wave as
            select number, $0 as id, 1 + (power(random(), 3) * ($1 - 1))::bigint as account_id, number % 10 = 3 as is_boost, number % 5 = 2 as is_reply
            from generate_series($2::bigint, $3::bigint - 1) as number;
            create index on wave (number);
            insert into conversation (id) select id from wave on conflict do nothing;
            insert into status (id, account_id, uri, url, local, visibility, content, language, conversation_id, in_reply_to_id, in_reply_to_account_id,
                                reblog_of_id, created_at, received_at)
            select wave.id, wave.account_id, account.uri || '/statuses/' || wave.number, account.url || '/' || wave.number, false,
                   case when wave.number % 17 = 0 then 'unlisted' when wave.number % 23 = 0 then 'private' else 'public' end,
                   case when wave.is_boost then '' else '<p>Post number ' || wave.number || ' about the tide, which comes and goes, and <a href="https://'
                     || account.host || '/tags/tag' || wave.number % 500 || '" rel="tag">#<span>tag' || wave.number % 500
                     || '</span></a>, with a few more words so that it is as long as people write.</p>' end,
                   'en', coalesce(parent.conversation_id, wave.id), parent.id, parent.account_id, boosted.id, to_timestamp((wave.id >> 16) / 1000.0), now()
            from wave join account on account.id = wave.account_id
            left join lateral (select earlier.id, earlier.account_id, earlier.id as conversation_id from wave earlier
                               where wave.is_reply and earlier.number = wave.number - 2 and not earlier.is_boost) parent on true
            left join lateral (select earlier.id from wave earlier
                               where wave.is_boost and earlier.number = wave.number - 3 and not earlier.is_boost) boosted on true
            on conflict do nothing;
            insert into status_counter (status_id, replies_count, reblogs_count, favourites_count)
            select status.id, wave.number % 4, wave.number % 3, wave.number % 11 from wave join status on status.id = wave.id on conflict do nothing;
            insert into status_tag (status_id, tag_id)
            select status.id, tag.id from wave join status on status.id = wave.id join tag on tag.name = 'tag' || wave.number % 500 where not wave.is_boost
            on conflict do nothing;
            insert into mention (status_id, account_id)
            select status.id, status.in_reply_to_account_id from wave join status on status.id = wave.id where status.in_reply_to_account_id is not null
            on conflict do nothing;
            insert into media_attachment (id, account_id, status_id, type, remote_url, description)
            select status.id, status.account_id, status.id, 'image', 'https://media.example/' || wave.number || '.jpg', 'A dunlin.'
            from wave join status on status.id = wave.id where wave.number % 6 = 1 on conflict do nothing;
            insert into favourite (account_id, status_id)
            select 1 + wave.number * 11 % $1, status.id from wave join status on status.id = wave.id where wave.number % 5 = 0 and not wave.is_boost on conflict do nothing;
            insert into bookmark (account_id, status_id)
            select 1 + wave.number * 17 % $1, status.id from wave join status on status.id = wave.id where wave.number % 20 = 0 and not wave.is_boost on conflict do nothing;
            drop table wave""";
        String id = "((%d::bigint - %d::bigint / %d * (%d - number)) >> 16 << 16) + number * 40503 %% 65536".formatted(newest, span, total, total);
        script(post.replace("$0", id).replace("$1", Integer.toString(accounts)).replace("$2", Long.toString(from)).replace("$3", Long.toString(to)));
    }

    /**
     * What few posts and people have, so that plans are made for tables with rows in them. Posts that have it are old and of
     * those who write least: what a page costs shall not hang on whether a poll is on it.
     */
    private void addRare(int accounts) {
        script("""
            create temporary table old as
            select id, account_id, conversation_id, row_number() over (order by id) as number, lag(id) over (order by id) as earlier
            from status where not local and reblog_of_id is null and visibility = 'public' and account_id > $1 * 9 / 10
              and id < (select (min(id) + max(id)) / 2 from status);
            insert into poll (id, status_id, account_id, options, tallies, votes_count, voters_count)
            select id, id, account_id, array['Ebb', 'Flow'], array[1, 0], 1, 1 from old where number % 5 = 0 on conflict do nothing;
            insert into poll_vote (poll_id, account_id, choice) select id, 1 + number % $1, 0 from old where number % 5 = 0 on conflict do nothing;
            insert into preview_card (url, state, title, fetched_at)
            select distinct 'https://news.example/' || number / 20, 'ready', 'News of the tide', now() from old where number % 5 = 1 on conflict do nothing;
            insert into status_preview_card (status_id, preview_card_id)
            select old.id, card.id from old join preview_card card on card.url = 'https://news.example/' || number / 20 where number % 5 = 1 on conflict do nothing;
            insert into quote (status_id, quoted_status_id, state) select id, earlier, 'accepted' from old where number % 5 = 2 on conflict do nothing;
            insert into emoji_reaction (account_id, status_id, name) select 1 + number % $1, id, '🐦' from old where number % 5 = 3 on conflict do nothing;
            insert into status_pin (account_id, status_id) select account_id, id from old where number % 5 = 4 on conflict do nothing;
            insert into conversation_mute (account_id, conversation_id) select 1 + number % $1, conversation_id from old where number % 5 = 3 on conflict do nothing;
            insert into thread_request (conversation_id, finished_at) select conversation_id, now() from old where number % 2 = 0 on conflict do nothing;
            drop table old;
            insert into follow (account_id, target_account_id)
            select 1 + number % $1, 1 + (number * 31 + number / $1 * 17) % $1 from generate_series(1::bigint, $1::bigint * 5) as number
            where number % $1 <> (number * 31 + number / $1 * 17) % $1 on conflict do nothing;
            insert into tag_follow (account_id, tag_id)
            select 1 + number * 7 % $1, tag.id from generate_series(1, 5000) as number join tag on tag.name = 'tag' || number % 500 on conflict do nothing;
            insert into list (account_id, title) select 1 + number * 3 % $1, 'List ' || number from generate_series(1, 2000) as number where not exists (select from list);
            insert into list_account (list_id, account_id)
            select list.id, 1 + (list.id * 11 + number) % $1 from list, generate_series(1, 10) as number on conflict do nothing;
            insert into remote_host (host, last_success_at) select 'h' || number || '.example', now() from generate_series(0, $2 - 1) as number on conflict do nothing;
            insert into oauth_application (client_id, client_secret_hash, name, redirect_uris, scopes)
            select 'seed' || number, '', 'App', '{}', '{read}' from generate_series(1, 2000) as number on conflict do nothing;
            insert into account_setting (account_id) select id from account where id % 10 = 0 and id <= $1 on conflict do nothing;
            """.replace("$1", Integer.toString(accounts)).replace("$2", Integer.toString(HOSTS)));
    }

    private void addReader(String reader, int accounts) {
        long id = database.first("select id from account where username = $1 and domain_id is not null", row -> row.getLong("id"), reader).orElseThrow();
        database.execute("""
            insert into follow (account_id, target_account_id)
            select $1, number * ($2::bigint / $3::bigint) from generate_series(1, $3::bigint) as number on conflict do nothing""", id, (long) accounts, (long) FOLLOWED);
        database.execute("""
            insert into home_entry (account_id, status_id, reblog_of_id)
            select $1, status.id, status.reblog_of_id from status
            where status.visibility in ('public', 'unlisted') and status.in_reply_to_id is null order by status.id desc limit 400 on conflict do nothing""", id);
        // Of others too: the table is that of a community, not of one reader.
        database.execute("""
            insert into home_entry (account_id, status_id, reblog_of_id)
            select reader, own.status_id, own.reblog_of_id from home_entry own, generate_series(1, $2::bigint) as reader
            where own.account_id = $1 on conflict do nothing""", id, (long) OTHER_READERS);
        database.execute("""
            insert into favourite (account_id, status_id) select $1, status.id from status where status.reblog_of_id is null and status.visibility = 'public'
            order by status.id desc offset 5 limit 200 on conflict do nothing""", id);
        database.execute("""
            insert into bookmark (account_id, status_id) select favourite.account_id, favourite.status_id from favourite where favourite.account_id = $1
            on conflict do nothing""", id);
        database.execute("""
            insert into notification (account_id, type, from_account_id, created_at)
            select $1, 'follow', number, now() - number * interval '1 minute' from generate_series(1, least($2::bigint, $3::bigint)) as number on conflict do nothing""",
            id, (long) NOTIFICATIONS, (long) accounts);
    }

    /** Several statements, which see each other's temporary table: PostgreSQL takes them as one transaction. */
    private void script(String statements) {
        pool.query(statements).execute().toCompletionStage().toCompletableFuture().join();
    }

    private long count(String table) {
        return database.first("select count(*) as number from " + table, row -> row.getLong("number")).orElseThrow();
    }
}
