package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.ApReference;
import social.dunlin.activitypub.FeatureDocuments.Asked;
import social.dunlin.collection.CollectionFetch;
import social.dunlin.collection.RemoteCollections;
import social.dunlin.federation.object.Authority;
import social.dunlin.federation.object.FeaturedCollections;
import social.dunlin.federation.object.FeaturedCollections.Taken;
import social.dunlin.queue.JobFailure;
import social.dunlin.queue.Jobs;

/** Somebody elsewhere wants to put somebody here into a collection of theirs (FEP-7aa9). The settings of who is asked answer. */
@ApplicationScoped
class FeatureRequestHandler implements ActivityHandler {
    private static final Duration ANOTHER_TRY = Duration.ofMinutes(1);

    private final AccountStore accounts;
    private final FeaturedCollections fetched;
    private final RemoteCollections collections;
    private final Jobs jobs;

    FeatureRequestHandler(AccountStore accounts, FeaturedCollections fetched, RemoteCollections collections, Jobs jobs) {
        this.accounts = accounts;
        this.fetched = fetched;
        this.collections = collections;
        this.jobs = jobs;
    }

    @Override
    public String type() {
        return "FeatureRequest";
    }

    @Override
    public Verdict verify(Incoming incoming) {
        ApReference instrument = incoming.activity().instrument();
        if (instrument == null || !Authority.mayAssert(incoming.sender().uri(), instrument.id())) {
            return new Verdict.Ignored("the collection is not the sender's own");
        }
        return Verdict.when(member(incoming).isPresent(), "nobody here is asked");
    }

    private Optional<Account> member(Incoming incoming) {
        String uri = incoming.activity().objectId();
        return uri == null ? Optional.empty() : accounts.byUri(uri)
            .filter(account -> account.isLocal() && account.userId().isPresent() && !account.isSuspended() && account.deletedAt() == null);
    }

    @Override
    public void apply(Incoming incoming) {
        Account member = member(incoming).orElse(null);
        if (member == null) {
            return;
        }
        Account maker = incoming.sender();
        String uri = incoming.activity().instrument().id();
        Taken taken = fetched.take(uri, incoming.budget()).orElseThrow(() -> JobFailure.retryAfter(ANOTHER_TRY, "The collection cannot be had yet"));
        if (taken.maker().id() == maker.id()) {
            collections.asked(taken.id(), maker, member, new Asked(incoming.activity().id(), maker.uri(), member.uri(), uri));
            jobs.enqueue(CollectionFetch.job(uri));
        }
    }
}
