package social.dunlin.federation.outbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.BiFunction;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.Activities;
import social.dunlin.activitypub.FeatureDocuments;
import social.dunlin.activitypub.FeatureDocuments.Asked;
import social.dunlin.activitypub.Uris;
import social.dunlin.collection.AccountCollection;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.federation.delivery.Audience;
import social.dunlin.federation.delivery.Deliveries;
import social.dunlin.federation.delivery.OutgoingActivity;
import social.dunlin.federation.document.CollectionDocuments;
import social.dunlin.id.Snowflakes;

/**
 * What is said about collections of accounts (FEP-7aa9): changes of those made here to their maker's followers, answers and
 * withdrawals of members to the makers elsewhere. Written as deliveries in the caller's transaction.
 */
@ApplicationScoped
public class CollectionOutbox {
    private final Database database;
    private final Domains domains;
    private final AccountStore accounts;
    private final CollectionDocuments documents;
    private final Deliveries deliveries;

    public CollectionOutbox(Database database, Domains domains, AccountStore accounts, CollectionDocuments documents, Deliveries deliveries) {
        this.database = database;
        this.domains = domains;
        this.accounts = accounts;
        this.documents = documents;
        this.deliveries = deliveries;
    }

    public void made(long id) {
        tell(id, (maker, collection) -> FeatureDocuments.added(next(maker), collection, uris(maker).featuredCollections(maker.username())));
    }

    public void changed(long id) {
        tell(id, (maker, collection) -> FeatureDocuments.updated(next(maker), collection));
    }

    public void memberAdded(long id, long itemId) {
        tell(id, (maker, collection) -> collection.members().stream()
            .filter(member -> member.id().equals(Uris.collectionItem(collection.id(), itemId))).findFirst()
            .map(member -> FeatureDocuments.memberAdded(next(maker), maker.uri(), member, collection.id())).orElse(null));
    }

    private void tell(long id, BiFunction<Account, FeatureDocuments.Collection, ObjectNode> word) {
        Optional<Account> maker = database.first("select account_id from collection where id = $1", row -> row.getLong("account_id"), id)
            .flatMap(accounts::byId).filter(Account::isLocal);
        maker.flatMap(account -> documents.of(account, uris(account), id)).ifPresent(collection -> {
            ObjectNode activity = word.apply(maker.get(), collection);
            if (activity != null) {
                toFollowers(maker.get(), collection.id(), activity);
            }
        });
    }

    public void removed(long makerId, String uri) {
        accounts.byId(makerId).ifPresent(maker -> toFollowers(maker, uri,
            Activities.remove(next(maker), maker.uri(), uri, uris(maker).featuredCollections(maker.username()))));
    }

    public void memberRemoved(long makerId, String uri, long itemId) {
        accounts.byId(makerId).ifPresent(maker -> toFollowers(maker, uri,
            Activities.remove(next(maker), maker.uri(), Uris.collectionItem(uri, itemId), uri)));
    }

    /** Somebody here leaves a collection made elsewhere. */
    public void revoked(long memberId, long itemId, AccountCollection collection) {
        accounts.byId(memberId).ifPresent(member -> {
            String authorization = Uris.featureAuthorization(member.uri(), itemId);
            send(member, collection.uri(), FeatureDocuments.revocation(authorization + "#delete", member.uri(), authorization),
                Audience.of(collection.accountId()));
        });
    }

    public void accepted(Account member, Account maker, Asked request, long itemId) {
        send(member, request.collection(), FeatureDocuments.accept(uris(member).acceptFeature(member.username(), Snowflakes.next()), request,
            Uris.featureAuthorization(member.uri(), itemId)), Audience.of(maker.id()));
    }

    public void rejected(Account member, Account maker, Asked request) {
        send(member, request.collection(), FeatureDocuments.reject(uris(member).rejectFeature(member.username(), Snowflakes.next()), request),
            Audience.of(maker.id()));
    }

    private void toFollowers(Account maker, String subject, ObjectNode activity) {
        send(maker, subject, activity, Audience.followers(maker.id()));
    }

    private void send(Account actor, String subject, ObjectNode activity, Audience audience) {
        deliveries.send(new OutgoingActivity(actor.id(), activity.get("id").textValue(), subject, activity.toString()), audience);
    }

    private String next(Account maker) {
        return uris(maker).actor(maker.username()) + "#collections/" + Snowflakes.next();
    }

    private Uris uris(Account local) {
        return new Uris(domains.byId(local.domainId().orElseThrow()).baseUrl());
    }
}
