package social.dunlin.federation.object;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import social.dunlin.account.Account;
import social.dunlin.activitypub.ApCollection;
import social.dunlin.activitypub.ApReference;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.federation.fetch.DocumentFetcher;
import social.dunlin.federation.fetch.Fetched;
import social.dunlin.federation.http.FetchBudget;
import social.dunlin.id.ObjectUri;
import social.dunlin.status.RemotePins;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;

/**
 * The posts an actor pinned, read from its own collection: GoToSocial and others tell nobody of a change. Of what the
 * collection embeds only the ids count.
 */
@ApplicationScoped
public class FeaturedPosts {
    private static final int MAXIMUM_POSTS = 20;
    private static final int MAXIMUM_UNKNOWN = 5;

    private final DocumentFetcher fetcher;
    private final StatusStore statuses;
    private final RemoteObjects objects;
    private final RemotePins pins;

    public FeaturedPosts(DocumentFetcher fetcher, StatusStore statuses, RemoteObjects objects, RemotePins pins) {
        this.fetcher = fetcher;
        this.statuses = statuses;
        this.objects = objects;
        this.pins = pins;
    }

    /** Makes these the account's pins; leaves them alone when the collection cannot be had. */
    public void refresh(Account account, FetchBudget budget) {
        Optional<ObjectUri> address = ObjectUri.tryParse(account.featuredUrl());
        if (address.isPresent() && fetcher.byId(address.get(), budget) instanceof Fetched.Document document
            && Vocabulary.read(document.object()) instanceof ApCollection collection) {
            List<String> uris = items(collection).stream().map(ApReference::id).filter(Objects::nonNull).distinct().limit(MAXIMUM_POSTS).toList();
            pins.replace(account.id(), posts(uris, account, budget));
        }
    }

    /** Inline, or on an embedded first page. */
    private static List<ApReference> items(ApCollection collection) {
        boolean paged = collection.items().isEmpty() && collection.first() != null && collection.first().embedded() != null;
        return paged ? Vocabulary.collection(collection.first().embedded()).items() : collection.items();
    }

    private List<Long> posts(List<String> uris, Account account, FetchBudget budget) {
        Map<String, Status> known = statuses.byUris(uris);
        List<String> unknown = uris.stream().filter(Predicate.not(known::containsKey))
            .filter(uri -> Authority.mayAssert(account.uri(), uri)).limit(MAXIMUM_UNKNOWN).toList();
        return uris.stream().map(uri -> known.containsKey(uri) ? Optional.of(known.get(uri))
                : unknown.contains(uri) ? objects.byUri(uri, budget) : Optional.<Status>empty())
            .flatMap(Optional::stream).map(Status::id).toList();
    }
}
