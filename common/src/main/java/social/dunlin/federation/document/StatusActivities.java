package social.dunlin.federation.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.Activities;
import social.dunlin.activitypub.NoteView;
import social.dunlin.activitypub.Uris;
import social.dunlin.domain.Domains;
import social.dunlin.federation.delivery.Audience;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;
import social.dunlin.status.Visibility;

/** What is said about a local post, and to whom. Only for posts that federate. */
@ApplicationScoped
public class StatusActivities {
    private final Domains domains;
    private final AccountStore accounts;
    private final StatusStore statuses;
    private final NoteDocuments notes;

    public StatusActivities(Domains domains, AccountStore accounts, StatusStore statuses, NoteDocuments notes) {
        this.domains = domains;
        this.accounts = accounts;
        this.statuses = statuses;
        this.notes = notes;
    }

    /** Create, or Announce for a boost. */
    public ObjectNode made(Status status) {
        return status.isReblog() ? announce(status) : Activities.create(notes.view(status));
    }

    /** Each under an id of its own: tallies, policies and consent to quotes change without an edit, and a known id is passed over. */
    public ObjectNode update(Status status) {
        Account author = author(status);
        Instant at = Instant.now();
        return Activities.update(uris(author).statusUpdate(author.username(), status.id(), at), notes.view(status), at);
    }

    public ObjectNode delete(Status status) {
        Account author = author(status);
        NoteView note = notes.view(status);
        return Activities.delete(uris(author).statusDelete(author.username(), status.id()), author.uri(), status.uri(), note.audience());
    }

    /** The boost's own row names the activity. */
    public ObjectNode announce(Status boost) {
        return announces(author(boost), List.of(boost)).get(boost.id());
    }

    /** Announce for each of one author's boosts, by the boost's id; two look-ups for all of them. */
    public Map<Long, ObjectNode> announces(Account author, List<Status> boosts) {
        Map<Long, Status> originals = statuses.byIds(boosts.stream().map(Status::originalId).toList());
        Map<Long, Account> authors = accounts.byIds(originals.values().stream().map(Status::accountId).distinct().toList());
        return boosts.stream().collect(Collectors.toMap(Status::id, boost -> {
            Status original = originals.get(boost.originalId());
            return Activities.announce(boost.uri(), author.uri(), original.uri(),
                social.dunlin.activitypub.Audience.of(boost.visibility(), uris(author).followers(author.username()),
                    List.of(authors.get(original.accountId()).uri())), boost.createdAt());
        }));
    }

    /** Followers unless it is direct, those mentioned, and for what everybody may read those it is about. */
    public Audience audienceOfCreate(Status status) {
        Audience audience = Audience.accounts(List.of()).andMentionedIn(status.id());
        if (status.visibility() != Visibility.DIRECT) {
            audience = audience.andFollowersOf(List.of(status.accountId()));
        }
        if (!isOpen(status)) {
            return audience;
        }
        Optional<Account> parentAuthor = status.inReplyToAccountId().isEmpty() ? Optional.empty()
            : accounts.byId(status.inReplyToAccountId().getAsLong());
        List<Long> about = new ArrayList<>();
        parentAuthor.map(Account::id).ifPresent(about::add);
        // The followers of a local author read the thread elsewhere and would miss the answers.
        List<Long> threads = parentAuthor.filter(Account::isLocal).map(Account::id).map(List::of).orElse(List.of());
        return withRelays(audience.and(about).andFollowersOf(threads), status);
    }

    /** Also whoever is known to have it, as far as they may still read it. */
    public Audience audienceOfUpdate(Status status) {
        Audience audience = audienceOfCreate(status);
        return isOpen(status) ? audience.andInteractedWith(status.id()) : audience;
    }

    /** Not the relays: they would multiply every few votes by all their servers, for what the end of the poll tells once. */
    public Audience audienceOfTallies(Status status) {
        return audienceOfUpdate(status).withoutRelays();
    }

    /** Everybody who may have a copy; it says no more than that the post is gone. */
    public Audience audienceOfDelete(Status status) {
        return audienceOfCreate(status).andInteractedWith(status.id());
    }

    public Audience audienceOfAnnounce(Status boost) {
        List<Long> author = statuses.byId(boost.originalId()).map(Status::accountId).map(List::of).orElse(List.of());
        Audience audience = Audience.accounts(author);
        return boost.visibility() == Visibility.DIRECT ? audience : withRelays(audience.andFollowersOf(List.of(boost.accountId())), boost);
    }

    private static Audience withRelays(Audience audience, Status status) {
        return status.visibility() == Visibility.PUBLIC ? audience.andRelays() : audience;
    }

    private static boolean isOpen(Status status) {
        return status.visibility() == Visibility.PUBLIC || status.visibility() == Visibility.UNLISTED;
    }

    private Account author(Status status) {
        return accounts.byId(status.accountId()).orElseThrow();
    }

    private Uris uris(Account local) {
        return new Uris(domains.byId(local.domainId().orElseThrow()).baseUrl());
    }
}
