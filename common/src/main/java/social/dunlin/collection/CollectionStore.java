package social.dunlin.collection;

import static social.dunlin.database.Rows.instant;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import social.dunlin.database.Database;
import social.dunlin.text.Hashtag;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/** SQL of collections. */
@ApplicationScoped
class CollectionStore {
    private static final String SELECT = """
        select collection.*, tag.display_name as tag_name, maker.uri as maker_uri
        from collection join account maker on maker.id = collection.account_id left join tag on tag.id = collection.tag_id
        """;
    private static final String MAKER_SHOWN = " maker.suspended_at is null and maker.deleted_at is null and not maker.pending ";

    private final Database database;

    CollectionStore(Database database) {
        this.database = database;
    }

    Optional<AccountCollection> byId(long id) {
        return database.first(SELECT + " where collection.id = $1 and " + MAKER_SHOWN, CollectionStore::map, id);
    }

    List<AccountCollection> byIds(Collection<Long> ids) {
        return database.list(SELECT + " where collection.id = any($1) and " + MAKER_SHOWN, CollectionStore::map, (Object) ids.toArray(Long[]::new));
    }

    /** Newest first. Index: collection_by_account. */
    List<AccountCollection> of(long accountId, boolean all, int limit, int offset) {
        return database.list(SELECT + " where collection.account_id = $1 and ($2 or collection.discoverable) and " + MAKER_SHOWN
            + "order by collection.id desc limit $3 offset $4", CollectionStore::map, accountId, all, limit, offset);
    }

    /** Those an account stands in, the latest first. Index: collection_item_of_account. */
    List<AccountCollection> containing(long accountId, int limit, int offset) {
        return database.list(SELECT + """
            join collection_item item on item.collection_id = collection.id
            where item.account_id = $1 and item.revoked_at is null and %s
            order by item.id desc limit $2 offset $3""".formatted(MAKER_SHOWN), CollectionStore::map, accountId, limit, offset);
    }

    /** Holds the maker's row, so that two requests at once cannot pass a limit together. */
    int lockedCount(long accountId) {
        database.list("select id from account where id = $1 for update", row -> null, accountId);
        return database.first("select count(*)::int as collections from collection where account_id = $1", row -> row.getInteger("collections"), accountId)
            .orElseThrow();
    }

    long insert(long accountId, CollectionService.Change wanted) {
        return database.first("insert into collection (account_id, name) values ($1, $2) returning id", row -> row.getLong("id"), accountId, wanted.name())
            .orElseThrow();
    }

    /** Null members stay as they are, an empty language or hashtag goes. */
    void update(long id, CollectionService.Change wanted, Optional<Hashtag> tag) {
        tag.ifPresent(this::putTag);
        database.execute("""
            update collection set name = coalesce($2, name), description = coalesce($3, description),
              language = case when $4::text is null then language else nullif($4, '') end,
              sensitive = coalesce($5, sensitive), discoverable = coalesce($6, discoverable),
              tag_id = case when $7 then (select tag.id from tag where tag.name = $8) else tag_id end, updated_at = now()
            where id = $1""", id, wanted.name(), wanted.description(), wanted.language(), wanted.sensitive(), wanted.discoverable(),
            wanted.tag() != null, tag.map(Hashtag::normalised).orElse(null));
    }

    void remove(long id) {
        database.execute("delete from collection where id = $1", id);
    }

    // ---------------------------------------------------------------- who stands in it

    /** The items of several collections that this viewer is shown, in the order they came. Index: the unique key of collection_item. */
    List<CollectionItem> items(Collection<Long> collectionIds, Viewer viewer) {
        if (collectionIds.isEmpty()) {
            return List.of();
        }
        return database.list("""
            select item.* from collection_item item join account on account.id = item.account_id
            where item.collection_id = any($2) and item.revoked_at is null
              and account.suspended_at is null and account.deleted_at is null and not account.pending
              and ($1::bigint is null or account.id = $1 or not (%s))
            order by item.id""".formatted(StatusVisibility.hiddenFrom("account", "$1::bigint")), CollectionStore::item,
            viewer.idOrNull(), collectionIds.toArray(Long[]::new));
    }

    /** Holds the collection's row. */
    int lockedItemCount(long collectionId) {
        database.list("select id from collection where id = $1 for update", row -> null, collectionId);
        return database.first("select count(*)::int as items from collection_item where collection_id = $1 and revoked_at is null",
            row -> row.getInteger("items"), collectionId).orElseThrow();
    }

    /** Empty when it stands in it, or did and wants to no more. */
    Optional<CollectionItem> add(long collectionId, long accountId) {
        return database.first("insert into collection_item (collection_id, account_id) values ($1, $2) on conflict do nothing returning *",
            CollectionStore::item, collectionId, accountId);
    }

    void addAll(long collectionId, Collection<Long> accountIds) {
        database.execute("insert into collection_item (collection_id, account_id) select $1, member from unnest($2::bigint[]) as member",
            collectionId, accountIds.toArray(Long[]::new));
    }

    List<Long> members(long collectionId) {
        return database.list("select account_id from collection_item where collection_id = $1 and revoked_at is null", row -> row.getLong("account_id"),
            collectionId);
    }

    /** Whom it was about; empty when there is no such item. */
    Optional<Long> removeItem(long collectionId, long id) {
        return database.first("delete from collection_item where collection_id = $1 and id = $2 and revoked_at is null returning account_id",
            row -> row.getLong("account_id"), collectionId, id);
    }

    /** Empty when there is no such item, or it is about somebody else. */
    Optional<Long> revoke(long collectionId, long id, long accountId) {
        return database.first("""
            update collection_item set revoked_at = now()
            where collection_id = $1 and id = $2 and account_id = $3 and revoked_at is null
            returning account_id""", row -> row.getLong("account_id"), collectionId, id, accountId);
    }

    /** Those that may be put into a collection by somebody: they let themselves be found, and neither blocks the other. */
    List<Long> featurable(long byAccountId, Collection<Long> ids) {
        return database.list("""
            select account.id from account
            where account.id = any($2) and account.domain_id is not null and account.discoverable and not account.pending
              and account.suspended_at is null and account.deleted_at is null
              and not exists (select from block where (block.account_id = $1 and block.target_account_id = account.id)
                                                   or (block.account_id = account.id and block.target_account_id = $1))
              and not exists (select from account_domain_block blocked join account maker on maker.host = blocked.host and maker.domain_id is null
                              where blocked.account_id = account.id and maker.id = $1)""",
            row -> row.getLong("id"), byAccountId, ids.toArray(Long[]::new));
    }

    // ---------------------------------------------------------------- those of other servers

    /** Index: collection_uri_key. */
    Optional<Long> remote(String uri, long makerId) {
        return database.first("select id from collection where uri = $1 and account_id = $2", row -> row.getLong("id"), uri, makerId);
    }

    /** Empty when it is stored as somebody else's. Index: collection_uri_key. */
    Optional<Long> putRemote(long makerId, RemoteCollection told) {
        told.topic().ifPresent(this::putTag);
        return database.first("""
            insert into collection (account_id, uri, url, name, description, language, sensitive, discoverable, tag_id)
            values ($1, $2, $3, $4, $5, $6, $7, $8, (select tag.id from tag where tag.name = $9))
            on conflict (uri) do update set url = excluded.url, name = excluded.name, description = excluded.description,
              language = excluded.language, sensitive = excluded.sensitive, discoverable = excluded.discoverable, tag_id = excluded.tag_id,
              updated_at = now()
            where collection.account_id = excluded.account_id
            returning id""", row -> row.getLong("id"), makerId, told.uri(), told.url(), told.name(), told.description(), told.language(),
            told.sensitive(), told.discoverable(), told.topic().map(Hashtag::normalised).orElse(null));
    }

    private void putTag(Hashtag hashtag) {
        database.execute("insert into tag (name, display_name) values ($1, $2) on conflict do nothing", hashtag.normalised(), hashtag.display());
    }

    List<String> authorizations(long collectionId) {
        return database.list("select authorization_uri from collection_item where collection_id = $1 and authorization_uri is not null",
            row -> row.getString("authorization_uri"), collectionId);
    }

    void putMember(long collectionId, long accountId, String uri, String authorizationUri) {
        database.execute("""
            insert into collection_item (collection_id, account_id, uri, authorization_uri) values ($1, $2, $3, $4)
            on conflict (collection_id, account_id) do update set uri = excluded.uri, authorization_uri = excluded.authorization_uri""",
            collectionId, accountId, uri, authorizationUri);
    }

    /** Who they were. */
    List<Long> removeUnlisted(long collectionId, Collection<String> uris) {
        return database.list("""
            delete from collection_item where collection_id = $1 and uri is not null and uri <> all($2) and revoked_at is null returning account_id""",
            row -> row.getLong("account_id"), collectionId, uris.toArray(String[]::new));
    }

    void nameLocalPlace(long collectionId, String memberUri, String uri) {
        database.execute("""
            update collection_item set uri = $3 from account
            where collection_item.collection_id = $1 and account.id = collection_item.account_id and account.uri = $2 and account.domain_id is not null""",
            collectionId, memberUri, uri);
    }

    /** @param fresh false when they stood in it before */
    record Joined(long id, boolean fresh) {
    }

    /** Empty when they have left it. */
    Optional<Joined> join(long collectionId, long accountId) {
        return database.first("""
            insert into collection_item (collection_id, account_id) values ($1, $2)
            on conflict (collection_id, account_id) do update set account_id = excluded.account_id where collection_item.revoked_at is null
            returning id, xmax = 0 as fresh""", row -> new Joined(row.getLong("id"), row.getBoolean("fresh")), collectionId, accountId);
    }

    List<Long> removePlace(long collectionId, String uri) {
        return database.list("delete from collection_item where collection_id = $1 and uri = $2 and revoked_at is null returning account_id",
            row -> row.getLong("account_id"), collectionId, uri);
    }

    /** True when the account stood somewhere by that consent. Index: collection_item_of_account. */
    boolean withdraw(String authorizationUri, long accountId) {
        return database.execute("delete from collection_item where account_id = $2 and authorization_uri = $1", authorizationUri, accountId) > 0;
    }

    private static AccountCollection map(Row row) {
        String uri = row.getString("uri");
        return new AccountCollection(row.getLong("id"), uri == null ? row.getString("maker_uri") + "/collections/" + row.getLong("id") : uri,
            row.getString("url"), uri == null, row.getLong("account_id"), row.getString("name"), row.getString("description"),
            row.getString("language"), row.getBoolean("sensitive"), row.getBoolean("discoverable"), row.getString("tag_name"),
            instant(row, "created_at"), instant(row, "updated_at"));
    }

    private static CollectionItem item(Row row) {
        return new CollectionItem(row.getLong("id"), row.getLong("collection_id"), row.getLong("account_id"), instant(row, "created_at"));
    }
}
