package social.dunlin.federation.fetch;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.account.InstanceActors;
import social.dunlin.activitypub.ActivityJson;
import social.dunlin.activitypub.ApObject;
import social.dunlin.activitypub.MalformedDocument;
import social.dunlin.domain.Domains;
import social.dunlin.federation.fetch.Fetched.Document;
import social.dunlin.federation.fetch.Fetched.Failed;
import social.dunlin.federation.fetch.Fetched.Reason;
import social.dunlin.federation.http.FetchBudget;
import social.dunlin.federation.http.FetchException;
import social.dunlin.federation.http.FetchOptions;
import social.dunlin.federation.http.FetchResponse;
import social.dunlin.federation.knock.DoubleKnock;
import social.dunlin.id.ObjectUri;

/**
 * Signed GETs of ActivityPub documents. {@link #byId} keeps the id rule (federation reference §1.3): what comes from an
 * address may only speak for that address. What failed lately is not asked again.
 */
@ApplicationScoped
public class DocumentFetcher {
    private final DoubleKnock knock;
    private final FetchFailures failures;
    private final InstanceActors instanceActors;
    private final Domains domains;
    private final BlockedHosts blocked;
    private volatile Long signer;

    public DocumentFetcher(DoubleKnock knock, FetchFailures failures, InstanceActors instanceActors, Domains domains, BlockedHosts blocked) {
        this.knock = knock;
        this.failures = failures;
        this.instanceActors = instanceActors;
        this.domains = domains;
        this.blocked = blocked;
    }

    /**
     * The document of this id. One that comes with another id of the same origin is asked once more under that id (a
     * page address was given); in the end id and address must be equal.
     */
    public Fetched byId(ObjectUri uri, FetchBudget budget) {
        return switch (raw(uri, budget)) {
            case Failed failed -> failed;
            case Document document -> bearsItsAddress(document) ? wellAgain(uri, document) : onceMore(uri, document, budget);
        };
    }

    /** The next failure begins with a short pause again. */
    private Document wellAgain(ObjectUri uri, Document document) {
        failures.forget(uri.value());
        return document;
    }

    private Fetched onceMore(ObjectUri asked, Document document, FetchBudget budget) {
        Optional<ObjectUri> id = ObjectUri.tryParse(document.object().id()).filter(document.uri()::sameOrigin);
        if (id.isPresent() && !id.get().equals(asked)
            && raw(id.get(), budget) instanceof Document second && bearsItsAddress(second)) {
            return second;
        }
        failures.remember(asked.value(), Reason.UNUSABLE);
        return new Failed(Reason.UNUSABLE);
    }

    private static boolean bearsItsAddress(Document document) {
        return document.uri().value().equals(document.object().id());
    }

    /**
     * Lets an address be asked at once though it failed lately: for a caller who has reason to think that it works by
     * now, and keeps a pause of its own.
     */
    public void forgive(ObjectUri uri) {
        failures.forget(uri.value());
    }

    /** The opposite: it answers, but what it says leads nowhere. */
    public void leaveAlone(ObjectUri uri, Reason reason) {
        failures.remember(uri.value(), reason);
    }

    /** Whatever the address answers; the caller must not take its word for anything but where it lives. */
    public Fetched raw(ObjectUri uri, FetchBudget budget) {
        Optional<Reason> known = failures.current(uri.value());
        if (known.isPresent()) {
            return new Failed(known.get());
        }
        Fetched fetched = fetch(uri, budget);
        if (fetched instanceof Failed(Reason reason) && reason.isWorthRemembering()) {
            failures.remember(uri.value(), reason);
        }
        return fetched;
    }

    private Fetched fetch(ObjectUri uri, FetchBudget budget) {
        if (blocked.contains(uri.host())) {
            return new Failed(Reason.FORBIDDEN);
        }
        try {
            FetchResponse response = knock.get(signer(), uri, FetchOptions.activity().within(budget));
            if (!response.uri().host().equals(uri.host()) && blocked.contains(response.uri().host())) {
                return new Failed(Reason.FORBIDDEN);
            }
            ApObject object = ActivityJson.parse(response.body());
            return new Document(response.uri().withoutFragment(), object);
        } catch (MalformedDocument unusable) {
            return new Failed(Reason.UNUSABLE);
        } catch (FetchException failure) {
            return new Failed(Reason.of(failure));
        }
    }

    /** The instance actor of the default domain. */
    private long signer() {
        Long known = signer;
        if (known == null) {
            known = instanceActors.of(domains.defaultDomain()).id();
            signer = known;
        }
        return known;
    }
}
