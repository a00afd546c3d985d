package social.dunlin.federation.document;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.activitypub.ApTag;
import social.dunlin.activitypub.FeatureDocuments;
import social.dunlin.activitypub.FeatureDocuments.Member;
import social.dunlin.activitypub.Uris;
import social.dunlin.database.Database;

/** Collections of accounts made here, and the consent of people here, as other servers get them (FEP-7aa9). */
@ApplicationScoped
public class CollectionDocuments {
    private static final String SHOWN = "account.suspended_at is null and account.deleted_at is null and not account.pending";

    private final Database database;

    public CollectionDocuments(Database database) {
        this.database = database;
    }

    /** Of one made here by this account. */
    public Optional<FeatureDocuments.Collection> of(Account maker, Uris uris, long id) {
        return database.first("""
            select collection.*, tag.display_name as tag_name from collection left join tag on tag.id = collection.tag_id
            where collection.id = $1 and collection.account_id = $2 and collection.uri is null""", row -> row, id, maker.id())
            .map(row -> view(maker, uris, row));
    }

    private FeatureDocuments.Collection view(Account maker, Uris uris, Row row) {
        String topic = row.getString("tag_name");
        String uri = uris.collection(maker.username(), row.getLong("id"));
        return new FeatureDocuments.Collection(uri, maker.uri(), row.getString("name"), row.getString("description"), row.getString("language"),
            row.getBoolean("sensitive"), row.getBoolean("discoverable"), topic == null ? null : new ApTag.Hashtag(uris.tag(topic), topic),
            row.getOffsetDateTime("created_at").toInstant(), row.getOffsetDateTime("updated_at").toInstant(), members(row.getLong("id"), uri));
    }

    /** Index: the unique key of collection_item. */
    private List<Member> members(long collectionId, String uri) {
        return database.list("""
            select item.id, account.uri, account.actor_type from collection_item item join account on account.id = item.account_id
            where item.collection_id = $1 and item.revoked_at is null and %s
            order by item.id""".formatted(SHOWN), row -> new Member(Uris.collectionItem(uri, row.getLong("id")), row.getString("uri"), row.getString("actor_type"),
                Uris.featureAuthorization(row.getString("uri"), row.getLong("id"))), collectionId);
    }

    /** Those that are meant to be found, newest first. Index: collection_by_account. */
    public List<String> uris(Account maker, Uris uris) {
        return database.list("select id from collection where account_id = $1 and discoverable and uri is null order by id desc",
            row -> uris.collection(maker.username(), row.getLong("id")), maker.id());
    }

    /** @param revoked taken back */
    public record Authorization(String collectionUri, boolean revoked) {
    }

    /** What somebody here agreed to. Index: collection_item_pkey. */
    public Optional<Authorization> authorization(Account member, long itemId) {
        return database.first("""
            select coalesce(collection.uri, maker.uri || '/collections/' || collection.id) as uri, item.revoked_at is not null as revoked
            from collection_item item join collection on collection.id = item.collection_id join account maker on maker.id = collection.account_id
            where item.id = $1 and item.account_id = $2""",
            row -> new Authorization(row.getString("uri"), row.getBoolean("revoked")), itemId, member.id());
    }
}
