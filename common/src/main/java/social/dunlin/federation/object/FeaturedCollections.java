package social.dunlin.federation.object;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import social.dunlin.account.Account;
import social.dunlin.activitypub.ApFeaturedCollection;
import social.dunlin.activitypub.ApFeaturedCollection.Item;
import social.dunlin.activitypub.FeatureDocuments;
import social.dunlin.collection.RemoteCollection;
import social.dunlin.collection.RemoteCollections;
import social.dunlin.domain.Domains;
import social.dunlin.federation.actor.ActorFetch;
import social.dunlin.federation.actor.RemoteActors;
import social.dunlin.federation.fetch.DocumentFetcher;
import social.dunlin.federation.fetch.Fetched;
import social.dunlin.federation.http.FetchBudget;
import social.dunlin.id.ObjectUri;
import social.dunlin.text.Hashtag;
import social.dunlin.text.HtmlSanitizer;
import social.dunlin.text.Language;
import social.dunlin.text.PlainText;
import social.dunlin.text.SafeUrl;

/**
 * Collections of other servers (FEP-7aa9), fetched from their origin. That it lists somebody proves nothing: each member's
 * own server is asked for their consent.
 */
@ApplicationScoped
public class FeaturedCollections {
    private static final int MAXIMUM_MEMBERS = 50;
    private static final int MAXIMUM_NAME = 200;
    private static final int MAXIMUM_DESCRIPTION = 2_000;

    private final DocumentFetcher fetcher;
    private final RemoteActors actors;
    private final RemoteCollections collections;
    private final Domains domains;

    public FeaturedCollections(DocumentFetcher fetcher, RemoteActors actors, RemoteCollections collections, Domains domains) {
        this.fetcher = fetcher;
        this.actors = actors;
        this.collections = collections;
        this.domains = domains;
    }

    /** A stored collection. @param id its row */
    public record Taken(long id, Account maker, String uri, List<Item> items) {
    }

    /** Stores it as it is now; its members as far as they are known. Empty when it cannot be had, or is not what it says. */
    public Optional<Taken> take(String uri, FetchBudget budget) {
        Optional<ObjectUri> address = ObjectUri.tryParse(uri);
        return address.isPresent() && fetcher.byId(address.get(), budget) instanceof Fetched.Document document
            && ApFeaturedCollection.is(document.object())
            ? take(ApFeaturedCollection.read(document.object(), MAXIMUM_MEMBERS), budget) : Optional.empty();
    }

    private Optional<Taken> take(ApFeaturedCollection read, FetchBudget budget) {
        if (!Authority.mayAssert(read.id(), read.attributedTo())
            || !(actors.byUri(read.attributedTo(), budget) instanceof ActorFetch.Found(Account maker)) || maker.isLocal() || maker.isSuspended()) {
            return Optional.empty();
        }
        String name = PlainText.plainText(read.name() == null ? "" : read.name(), MAXIMUM_NAME);
        Optional<Long> id = collections.store(maker.id(), new RemoteCollection(read.id(), SafeUrl.http(read.url()), name,
            HtmlSanitizer.sanitize(PlainText.truncate(read.summary(), MAXIMUM_DESCRIPTION)), Language.normalise(read.language()), read.sensitive(),
            read.discoverable(), Optional.ofNullable(read.topic()).flatMap(Hashtag::of)));
        return id.map(row -> {
            List<Item> items = read.items().stream().filter(item -> Authority.mayAssert(read.id(), item.id())).toList();
            collections.listed(row, items.stream().map(Item::id).toList());
            return new Taken(row, maker, read.id(), items);
        });
    }

    /** Asks for the consent of those members who are new. False when some could not be asked now. */
    public boolean askMembers(Taken taken, FetchBudget budget) {
        Set<String> known = collections.authorizations(taken.id);
        boolean all = true;
        for (Item item : taken.items) {
            if (ObjectUri.tryParse(item.account()).filter(address -> domains.isOwnHost(address.host().value())).isPresent()) {
                collections.listsLocal(taken.id, item.account(), item.id());
            } else if (item.authorization() != null && !known.contains(item.authorization())) {
                all &= ask(taken, item, budget);
            }
        }
        return all;
    }

    private boolean ask(Taken taken, Item item, FetchBudget budget) {
        Optional<ObjectUri> address = ObjectUri.tryParse(item.authorization()).filter(uri -> Authority.mayAssert(item.account(), item.authorization()));
        if (address.isEmpty()) {
            return true;
        }
        return switch (fetcher.byId(address.get(), budget)) {
            // Whoever finds a way to be redirected there from the member's server has still not the member's word.
            case Fetched.Document document when document.uri().sameOrigin(address.get())
                && FeatureDocuments.isAuthorization(document.object(), item.account(), taken.uri) -> agreed(taken, item, budget);
            case Fetched.Document other -> true;
            case Fetched.Failed(Fetched.Reason reason) -> switch (reason) {
                case GONE, UNUSABLE, FORBIDDEN, NOT_FOUND, DENIED -> true;
                case UNREACHABLE, BUDGET_SPENT -> false;
            };
        };
    }

    private boolean agreed(Taken taken, Item item, FetchBudget budget) {
        return switch (actors.byUri(item.account(), budget)) {
            case ActorFetch.Found(Account member) -> {
                collections.agreed(taken.id, member.id(), item.id(), item.authorization());
                yield true;
            }
            case ActorFetch.Gone gone -> true;
            case ActorFetch.Refused refused -> true;
            case ActorFetch.Unreachable unreachable -> false;
        };
    }
}
