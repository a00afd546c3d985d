package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.database.Database;
import social.dunlin.federation.outbox.Outbox;
import social.dunlin.refusal.Refusal;
import social.dunlin.search.FoundTag;
import social.dunlin.text.Hashtag;

/** The hashtags a local account shows on its profile; other servers learn of each change. */
@ApplicationScoped
public class FeaturedTags {
    /** Mastodon's bounds. */
    public static final int MAXIMUM = 10;
    private static final int SUGGESTIONS = 10;

    private final Database database;
    private final FeaturedTagStore store;
    private final Outbox outbox;

    public FeaturedTags(Database database, FeaturedTagStore store, Outbox outbox) {
        this.database = database;
        this.store = store;
        this.outbox = outbox;
    }

    public List<FeaturedTag> of(long accountId) {
        return store.of(accountId);
    }

    public List<FoundTag> suggestions(long accountId) {
        return store.suggestions(accountId, SUGGESTIONS);
    }

    /** @param name with or without {@code #}; one that is featured already is given as it is */
    public FeaturedTag feature(long accountId, String name) {
        return feature(accountId, Hashtag.of(name).orElseThrow(() -> Refusal.invalid("Name is not a valid hashtag")));
    }

    public FeaturedTag feature(long accountId, Hashtag hashtag) {
        return database.transaction(() -> {
            if (store.feature(accountId, hashtag, MAXIMUM)) {
                outbox.hashtagFeatured(accountId, hashtag.display(), true);
            }
            return store.named(accountId, hashtag)
                .orElseThrow(() -> Refusal.invalid("You have already featured the maximum number of hashtags"));
        });
    }

    public void unfeature(long accountId, long featuredTagId) {
        database.transaction(() -> {
            FeaturedTag tag = store.of(accountId).stream().filter(featured -> featured.id() == featuredTagId).findFirst().orElseThrow(Refusal::notFound);
            Hashtag.of(tag.name()).ifPresent(hashtag -> unfeature(accountId, hashtag));
        });
    }

    /** One that is not featured is left alone. */
    public void unfeature(long accountId, Hashtag hashtag) {
        database.transaction(() -> {
            if (store.unfeature(accountId, hashtag)) {
                outbox.hashtagFeatured(accountId, hashtag.display(), false);
            }
        });
    }
}
