package social.dunlin.federation.object;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Predicate;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.ApNote;
import social.dunlin.federation.actor.ActorFetch;
import social.dunlin.federation.actor.RemoteActors;
import social.dunlin.federation.fetch.DocumentFetcher;
import social.dunlin.federation.fetch.Fetched;
import social.dunlin.federation.http.FetchBudget;
import social.dunlin.id.ObjectUri;
import social.dunlin.status.RemoteQuotes;
import social.dunlin.status.RemoteStatuses;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;

/** Somebody who may not say so says that a post is new, changed or gone: its own server is asked. */
@ApplicationScoped
public class OriginCheck {
    private final StatusStore statuses;
    private final RemoteStatuses remoteStatuses;
    private final RemoteQuotes quotes;
    private final AccountStore accounts;
    private final RemoteObjects objects;
    private final RemoteActors actors;
    private final DocumentFetcher fetcher;

    public OriginCheck(StatusStore statuses, RemoteStatuses remoteStatuses, RemoteQuotes quotes, AccountStore accounts, RemoteObjects objects,
            RemoteActors actors, DocumentFetcher fetcher) {
        this.statuses = statuses;
        this.remoteStatuses = remoteStatuses;
        this.quotes = quotes;
        this.accounts = accounts;
        this.objects = objects;
        this.actors = actors;
        this.fetcher = fetcher;
    }

    /** Takes the post as it is now at its origin: a later version of a stored one, or a new one that is wanted. */
    public void freshen(String uri, Predicate<ApNote> wanted, FetchBudget budget) {
        if (statuses.isTombstoned(uri)) {
            return;
        }
        Optional<Status> known = statuses.byUri(uri);
        Optional<ApNote> note = objects.fetchNote(uri, budget);
        if (note.isPresent() && known.isPresent()) {
            accounts.byId(known.get().accountId()).filter(author -> author.uri().equals(note.get().attributedTo()))
                .ifPresent(author -> remoteStatuses.update(objects.clean(note.get(), null, author, budget)));
        } else if (note.filter(wanted).isPresent()) {
            objects.take(note.get(), budget);
        }
    }

    /** Fetches a stored actor anew, with the pauses that has. */
    public void freshenActor(String uri, FetchBudget budget) {
        actors.refresh(uri, budget);
    }

    /**
     * Deletes a stored post, or an account, or takes back the consent to a quote, when its own server says that it is gone:
     * 404, 410 or a Tombstone. Refusals (401, 403) say nothing.
     *
     * @param actorUri who is said to have deleted it
     * @return false when the server could not be asked
     */
    public boolean deleteIfGone(String uri, String actorUri, FetchBudget budget) {
        if (uri.equals(actorUri)) {
            return !(accounts.byUri(uri).filter(account -> !account.isLocal()).isPresent()
                && actors.fetch(uri, budget) instanceof ActorFetch.Unreachable);
        }
        Optional<ObjectUri> address = ObjectUri.tryParse(uri);
        boolean post = statuses.byUri(uri).filter(status -> !status.local()).flatMap(status -> accounts.byId(status.accountId()))
            .filter(author -> author.uri().equals(actorUri)).isPresent();
        boolean stamp = !post && quotes.leansOn(uri, actorUri);
        if (address.isEmpty() || !post && !stamp) {
            return true;
        }
        // What is remembered of an earlier failure is no evidence of today.
        fetcher.forgive(address.get());
        return switch (fetcher.byId(address.get(), budget)) {
            case Fetched.Document document -> !document.object().isA("Tombstone") || delete(uri, actorUri, post);
            case Fetched.Failed(Fetched.Reason reason) -> switch (reason) {
                case GONE, NOT_FOUND -> delete(uri, actorUri, post);
                case DENIED, UNUSABLE, FORBIDDEN -> true;
                case UNREACHABLE, BUDGET_SPENT -> false;
            };
        };
    }

    private boolean delete(String uri, String actorUri, boolean post) {
        if (post) {
            remoteStatuses.delete(uri, actorUri);
        } else {
            quotes.revoked(uri, actorUri);
        }
        return true;
    }
}
