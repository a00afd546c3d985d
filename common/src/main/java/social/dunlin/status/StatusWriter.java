package social.dunlin.status;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import social.dunlin.database.Database;
import social.dunlin.event.Event.StatusDeleted;
import social.dunlin.id.Snowflakes;

/** SQL that writes posts and their counters. Every method runs in the caller's transaction. */
@Singleton
class StatusWriter {
    private final Database database;

    StatusWriter(Database database) {
        this.database = database;
    }

    /**
     * A row to be.
     *
     * @param parent   the post it answers, when known
     * @param reblogOf null unless it is a boost
     */
    record Row(long id, long accountId, String uri, String url, boolean local, String objectType, Visibility visibility,
               String title, String spoilerText, String content, String textSource, String contentType, String language,
               boolean sensitive, long conversationId, Status parent, String inReplyToUri, Long reblogOf, String quotePolicy,
               Long groupAccountId, Long applicationId, List<String> emojis, Instant createdAt, Instant editedAt) {

        /** The parameters of {@link #POST}. */
        Object[] values() {
            return new Object[] {id, accountId, uri, url, local, objectType, visibility.apiName(), title, spoilerText,
                content, textSource, contentType, language, sensitive, conversationId,
                parent == null ? null : parent.id(), parent == null ? null : parent.accountId(),
                parent == null ? inReplyToUri : parent.uri(), reblogOf, quotePolicy, groupAccountId,
                applicationId, emojis.toArray(String[]::new), createdAt, editedAt, visibility == Visibility.DIRECT ? null : createdAt};
        }

        /** What can be read once it is written, to the microsecond if its time is. */
        Status written() {
            return new Status(id, accountId, uri, url, local, objectType, visibility, title, spoilerText, content, textSource, contentType,
                language, sensitive, conversationId, parent == null ? OptionalLong.empty() : OptionalLong.of(parent.id()),
                parent == null ? OptionalLong.empty() : OptionalLong.of(parent.accountId()), parent == null ? inReplyToUri : parent.uri(),
                optional(reblogOf), quotePolicy, optional(groupAccountId), optional(applicationId), emojis, createdAt, editedAt, null, 0, 0, 0, 0);
        }

        private static OptionalLong optional(Long value) {
            return value == null ? OptionalLong.empty() : OptionalLong.of(value);
        }
    }

    /** A row with its counters, as parts of one statement; its parameters are {@link Row#values()}. */
    static final String POST = """
        post as (
          insert into status (id, account_id, uri, url, local, object_type, visibility, title, spoiler_text, content, text_source,
            content_type, language, sensitive, conversation_id, in_reply_to_id, in_reply_to_account_id, in_reply_to_uri,
            reblog_of_id, quote_policy, group_account_id, application_id, emojis, created_at, edited_at)
          values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
          on conflict do nothing
          returning id, account_id
        ), counter as (
          insert into status_counter (status_id) select id from post
        ), author as (
          insert into account_counter (account_id, statuses_count, last_status_at) select account_id, 1, $26::timestamptz from post
          on conflict (account_id) do update set
            statuses_count = account_counter.statuses_count + 1,
            last_status_at = greatest(account_counter.last_status_at, excluded.last_status_at)
          returning statuses_count, followers_count, following_count, last_status_at
        )""";

    /** With its counters; one statement. False when the uri, or for a boost the pair of booster and post, was there before. */
    boolean insert(Row row) {
        boolean inserted = database.exists("with " + POST + " select from post", row.values());
        if (inserted && row.parent != null && countsAsReply(row.visibility)) {
            count(row.parent.id(), Counter.REPLIES, 1);
        }
        return inserted;
    }

    static boolean countsAsReply(Visibility visibility) {
        return visibility == Visibility.PUBLIC || visibility == Visibility.UNLISTED;
    }

    /** New text and attributes of an existing post. */
    void update(long id, String title, String spoilerText, String content, String textSource, String contentType, String language,
                boolean sensitive, String quotePolicy, List<String> emojis, Instant editedAt) {
        database.execute("""
            update status set title = $2, spoiler_text = $3, content = $4, text_source = $5, content_type = $6, language = $7,
              sensitive = $8, quote_policy = $9, emojis = $10, edited_at = $11
            where id = $1""",
            id, title, spoilerText, content, textSource, contentType, language, sensitive, quotePolicy, emojis.toArray(String[]::new), editedAt);
    }

    void quotePolicy(long id, String policy) {
        database.execute("update status set quote_policy = $2 where id = $1", id, policy);
    }

    /** The state the post is in now, as one more version of its history. */
    void keepVersion(long id) {
        database.execute("""
            insert into status_edit (status_id, spoiler_text, content, text_source, sensitive, media, poll_options, created_at)
            select status.id, status.spoiler_text, status.content, status.text_source, status.sensitive,
              coalesce((select jsonb_agg(jsonb_build_object('id', media.id::text, 'description', media.description) order by media.position)
                        from media_attachment media where media.status_id = status.id), '[]'),
              (select poll.options from poll where poll.status_id = status.id),
              coalesce(status.edited_at, status.created_at)
            from status where status.id = $1""", id);
    }

    boolean hasVersions(long id) {
        return database.exists("select from status_edit where status_id = $1", id);
    }

    // ---------------------------------------------------------------- conversations

    /** A thread that begins here. */
    long beginConversation(long id) {
        database.send("insert into conversation (id) values ($1)", id);
        return id;
    }

    /** The thread an origin names, ours when we know the name. */
    long conversation(String uri) {
        return uri == null ? beginConversation(Snowflakes.next()) : database.first("""
            with begun as (insert into conversation (id, uri) values ($1, $2) on conflict do nothing returning id)
            select id from begun union all select id from conversation where uri = $2""", row -> row.getLong("id"), Snowflakes.next(), uri)
            // Begun by somebody else between the look and the write.
            .or(() -> database.first("select id from conversation where uri = $1", row -> row.getLong("id"), uri)).orElseThrow();
    }

    /**
     * Ties the replies that came before this post to it, and takes the threads they had begun for want of it into its
     * own. A thread that has a name of its own stays: a stranger could name somebody else's. Index: status_waiting_for_parent.
     */
    void adoptWaitingReplies(Row parent) {
        int adopted = database.execute("""
            update status set in_reply_to_id = $1, in_reply_to_account_id = $2
            where in_reply_to_uri = $3 and in_reply_to_id is null and id <> $1""", parent.id, parent.accountId, parent.uri);
        if (adopted == 0) {
            return;
        }
        database.execute("""
            update status set conversation_id = $2
            where conversation_id in (
              select conversation.id from status reply join conversation on conversation.id = reply.conversation_id
              where reply.in_reply_to_id = $1 and conversation.uri is null and conversation.id <> $2)""", parent.id, parent.conversationId);
        database.execute("""
            update status_counter set replies_count = (
              select count(*) from status where in_reply_to_id = $1 and visibility in ('public', 'unlisted'))
            where status_id = $1""", parent.id);
    }

    // ---------------------------------------------------------------- counters

    /** A counter of a post. */
    enum Counter {
        REPLIES("replies_count"), REBLOGS("reblogs_count"), FAVOURITES("favourites_count"), QUOTES("quotes_count");

        private final String column;

        Counter(String column) {
            this.column = column;
        }
    }

    void count(long statusId, Counter counter, int difference) {
        database.execute("""
            insert into status_counter (status_id, %1$s) values ($1, greatest($2, 0))
            on conflict (status_id) do update set %1$s = greatest(status_counter.%1$s + $2, 0)""".formatted(counter.column), statusId, difference);
    }

    /** @param at when the account was last active by it; null = leaves that alone */
    void countPost(long accountId, int difference, Instant at) {
        database.execute("""
            insert into account_counter (account_id, statuses_count, last_status_at) values ($1, greatest($2, 0), $3)
            on conflict (account_id) do update set
              statuses_count = greatest(account_counter.statuses_count + $2, 0),
              last_status_at = greatest(account_counter.last_status_at, $3)""", accountId, difference, at);
    }

    // ---------------------------------------------------------------- deleting

    /** Two deliveries about one object wait for each other. Held until the transaction ends. */
    void lock(String uri) {
        database.send("select pg_advisory_xact_lock(hashtextextended($1, 0))", uri);
    }

    /**
     * Holds a post that is about to go, before anybody is told: whoever is writing its Create holds it too
     * ({@code for key share}), and the Create's deliveries must come before those of its Delete.
     */
    void hold(long id) {
        database.list("select id from status where id = $1 for update", row -> null, id);
    }

    /**
     * What to tell readers of a post that is about to go: asked for before it does. The lists are cut where the notice
     * would become too long; a reader beyond keeps the post until the next look. Indexes: the primary key of mention,
     * status_tag_by_status.
     */
    StatusDeleted farewell(Status status) {
        if (status.isReblog()) {
            return new StatusDeleted(status.id(), status.accountId());
        }
        boolean open = status.visibility() == Visibility.PUBLIC || status.visibility() == Visibility.LOCAL;
        return database.first("""
            select
              array(select mention.account_id from mention join account on account.id = mention.account_id
                    where mention.status_id = $1 and not mention.silent and account.domain_id is not null limit 100) as mentioned,
              array(select status_tag.tag_id from status_tag where status_tag.status_id = $1 limit 50) as tags""",
            row -> new StatusDeleted(status.id(), status.accountId(), open, List.of(row.getArrayOfLongs("mentioned")),
                List.of(row.getArrayOfLongs("tags"))), status.id()).orElseThrow();
    }

    /** Remembers that this is gone by its author's word. */
    void bury(String uri, String formerType, String authorUri) {
        database.execute("""
            insert into tombstone (uri, former_type, actor_uri, local)
            select $1, $2, $3, exists (select from account where account.uri = $3 and account.domain_id is not null)
            on conflict (uri) do update set former_type = excluded.former_type, actor_uri = excluded.actor_uri""", uri, formerType, authorUri);
    }

    /** The same of something that never came: whether it is theirs will be seen when it does. */
    void buryUnseen(String uri, String type, String actorUri) {
        database.execute("insert into tombstone (uri, former_type, actor_uri) values ($1, $2, $3) on conflict do nothing", uri, type, actorUri);
    }

    boolean unbury(String uri, String actorUri) {
        return database.execute("delete from tombstone where uri = $1 and actor_uri = $2 and not local and former_type <> 'Announce'", uri, actorUri) > 0;
    }

    /** Removes the row with all that hangs on it, boosts included, and corrects the counters of others. Index: quote_of_status. */
    void remove(Status status) {
        database.execute("""
            update account_counter set statuses_count = greatest(statuses_count - boosts.number, 0)
            from (select account_id, count(*) as number from status where reblog_of_id = $1 group by account_id) boosts
            where account_counter.account_id = boosts.account_id""", status.id());
        if (status.inReplyToId().isPresent() && countsAsReply(status.visibility())) {
            count(status.inReplyToId().getAsLong(), Counter.REPLIES, -1);
        }
        if (status.reblogOfId().isPresent()) {
            count(status.reblogOfId().getAsLong(), Counter.REBLOGS, -1);
        }
        database.execute("""
            update status_counter set quotes_count = greatest(quotes_count - 1, 0)
            where status_id = (select quoted_status_id from quote where quote.status_id = $1 and quote.state = 'accepted')""", status.id());
        database.execute("update quote set state = 'deleted' where quoted_status_id = $1 and state in ('pending', 'accepted')", status.id());
        countPost(status.accountId(), -1, null);
        database.execute("delete from status where id = $1", status.id());
    }

    /** Boosts by local people, whose own servers-to-be-told are read before they go. Index: status_reblogs. */
    List<Long> localBoosters(long statusId) {
        return database.list("select account_id from status where reblog_of_id = $1 and local", row -> row.getLong("account_id"), statusId);
    }

    /** Local followers who asked to be told of every post. Index: follow_of_target. */
    List<Long> watchers(long accountId) {
        return database.list("select account_id from follow where target_account_id = $1 and notify", row -> row.getLong("account_id"), accountId);
    }

    // ---------------------------------------------------------------- idempotency

    /** Takes the key for an hour; false when another post has it. Waits for a transaction that is taking it now. */
    boolean takeKey(long accountId, String key, long statusId) {
        return database.execute("""
            insert into idempotency_key (account_id, key, status_id) values ($1, $2, $3)
            on conflict (account_id, key) do update set status_id = $3, created_at = now()
            where idempotency_key.created_at < now() - interval '1 hour'""", accountId, key, statusId) > 0;
    }

    OptionalLong statusOfKey(long accountId, String key) {
        Optional<Long> id = database.first("select status_id from idempotency_key where account_id = $1 and key = $2",
            row -> row.getLong("status_id"), accountId, key);
        return id.isPresent() ? OptionalLong.of(id.get()) : OptionalLong.empty();
    }

    /**
     * An id for a remote post by its time that nobody has yet: origins cut times to the second, so many meet.
     *
     * @param answered the post it answers, when known; null = none
     */
    long freeId(Instant published, Status answered) {
        return database.first("select (" + FREE_ID.formatted("$1") + ") as id", row -> row.getLong("id"), (Object) candidates(published, answered))
            .orElseThrow(() -> noFreeId(published));
    }

    private static final String FREE_ID = """
        select candidate from unnest(%s::bigint[]) as candidate
        where not exists (select from status where id = candidate) limit 1""";

    static Long[] candidates(Instant published, Status answered) {
        Long[] candidates = new Long[8];
        for (int index = 0; index < candidates.length; index++) {
            candidates[index] = answered == null ? Snowflakes.at(published) : Snowflakes.at(published, answered.id());
        }
        return candidates;
    }

    private static IllegalStateException noFreeId(Instant published) {
        return new IllegalStateException("No free id at " + published);
    }

    /**
     * What must be known before a remote post is stored.
     *
     * @param buried      its author deleted it, or who did is not known; a neighbour's word, given before it came, keeps nothing away
     * @param knownAs     the stored post of this uri; null when there is none
     * @param knownAuthor its author
     * @param authorHost  of the author to be; null when it is unknown, local or suspended
     */
    record Arrival(boolean buried, Long knownAs, Long knownAuthor, String authorHost, long freeId) {
    }

    /**
     * After {@link #lock}. Indexes: tombstone's key, status_uri, account's and status's keys.
     *
     * @param answered as for {@link #freeId}
     */
    Arrival arrival(String uri, long authorId, Instant published, Status answered) {
        return database.first("""
            select
              exists (select from tombstone where tombstone.uri = $1
                and (actor_uri is null or actor_uri = (select account.uri from account where account.id = $2))) as buried,
              known.id, known.account_id,
              (select host from account where account.id = $2 and domain_id is null and suspended_at is null and deleted_at is null) as author_host,
              (%s) as free_id
            from (values (1)) as one left join status known on known.uri = $1""".formatted(FREE_ID.formatted("$3")),
            row -> new Arrival(row.getBoolean("buried"), row.getLong("id"), row.getLong("account_id"), row.getString("author_host"),
                Optional.ofNullable(row.getLong("free_id")).orElseThrow(() -> noFreeId(published))),
            uri, authorId, candidates(published, answered)).orElseThrow();
    }

    /** Those of the accounts that exist, without whom the author blocks. */
    List<Long> mentionable(long authorId, Collection<Long> accountIds) {
        return database.list("""
            select account.id from account
            where account.id = any((select $2::bigint[])::bigint[]) and account.suspended_at is null
              and not exists (select from block where block.account_id = $1 and block.target_account_id = account.id)
            order by account.id""", row -> row.getLong("id"), authorId, accountIds.toArray(Long[]::new));
    }
}
