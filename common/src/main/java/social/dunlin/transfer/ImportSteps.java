package social.dunlin.transfer;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.account.Handle;
import social.dunlin.activitypub.ApReference;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.federation.actor.ActorFetch;
import social.dunlin.federation.actor.RemoteActors;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.fetch.CollectionReader;
import social.dunlin.federation.resolve.RemoteResolver;
import social.dunlin.federation.resolve.RemoteResolver.Resolved;
import social.dunlin.id.ObjectUri;
import social.dunlin.list.ListService;
import social.dunlin.refusal.Refusal;
import social.dunlin.relationship.FollowOptions;
import social.dunlin.relationship.RelationshipService;
import social.dunlin.status.StatusActions;

/**
 * Does imports, some rows per step. Other servers are asked before a transaction begins; the effect of a row and its end
 * are one transaction, so that a killed step is simply done again.
 */
@ApplicationScoped
public class ImportSteps {
    private static final int COLLECTION_MEMBERS = 5_000;
    private static final int COLLECTION_PAGES = 130;

    private final Database database;
    private final AccountStore accounts;
    private final Domains domains;
    private final ImportStore store;
    private final RemoteResolver resolver;
    private final RemoteActors actors;
    private final CollectionReader collections;
    private final RelationshipService relationships;
    private final StatusActions statuses;
    private final ListService lists;

    public ImportSteps(Database database, AccountStore accounts, Domains domains, ImportStore store, RemoteResolver resolver, RemoteActors actors,
            CollectionReader collections, RelationshipService relationships, StatusActions statuses, ListService lists) {
        this.database = database;
        this.accounts = accounts;
        this.domains = domains;
        this.store = store;
        this.resolver = resolver;
        this.actors = actors;
        this.collections = collections;
        this.relationships = relationships;
        this.statuses = statuses;
        this.lists = lists;
    }

    /** The import as it stands before its next step; empty when it is finished or nobody's any more. */
    public Optional<DataImport> unfinished(long importId) {
        return store.byId(importId).filter(found -> !found.isFinished());
    }

    public void step(DataImport of, int rowsAtOnce) {
        Optional<Account> account = accounts.byId(of.accountId()).filter(found -> !found.isSuspended());
        if (account.isEmpty()) {
            store.giveUp(of.id(), "The account is closed");
            return;
        }
        switch (of.state()) {
            case READING -> read(of);
            case REMOVING -> database.transaction(() -> {
                if (!removeUnnamed(of, account.get(), rowsAtOnce)) {
                    store.enter(of.id(), DataImport.State.RUNNING);
                }
            });
            case RUNNING -> run(of, account.get(), rowsAtOnce);
            case DONE, FAILED -> { }
        }
    }

    /** Of what the collection holds only the addresses count. Servers may hide it. */
    private void read(DataImport of) {
        Optional<Account> source = accounts.byUri(of.sourceUri()).filter(account -> account.followingUrl() != null);
        List<ImportRow> rows = source.map(account -> collections.read(new ApReference(account.followingUrl(), null), ObjectUri.parse(account.uri()),
                COLLECTION_MEMBERS, COLLECTION_PAGES, Budgets.forThread()).ids()).orElse(List.of()).stream()
            .flatMap(id -> ObjectUri.tryParse(id).stream()).map(uri -> ImportRow.of(uri.value())).toList();
        database.transaction(() -> {
            if (rows.isEmpty()) {
                store.giveUp(of.id(), "Whom it follows could not be read: the list is empty, hidden, or its server did not answer");
            } else {
                store.addRows(of.id(), rows);
                store.enter(of.id(), DataImport.State.RUNNING);
            }
        });
    }

    /** True when something was removed. */
    private boolean removeUnnamed(DataImport of, Account account, int atOnce) {
        return switch (of.kind()) {
            case FOLLOWING -> endAll(store.unnamedAccounts(of.id(), account.id(), "follow", atOnce), target -> relationships.unfollow(account.id(), target))
                | endAll(store.unnamedAccounts(of.id(), account.id(), "follow_request", atOnce), target -> relationships.unfollow(account.id(), target));
            case BLOCKS -> endAll(store.unnamedAccounts(of.id(), account.id(), "block", atOnce), target -> relationships.unblock(account.id(), target));
            case MUTES -> endAll(store.unnamedAccounts(of.id(), account.id(), "mute", atOnce), target -> relationships.unmute(account.id(), target));
            case DOMAIN_BLOCKS -> endAll(store.unnamedHosts(of.id(), account.id(), atOnce), host -> relationships.unblockDomain(account.id(), host));
            case BOOKMARKS -> endAll(store.unnamedBookmarks(of.id(), account.id(), atOnce), status -> statuses.removeBookmark(account.id(), status));
            case LISTS -> endAll(store.unnamedMembers(of.id(), account.id(), atOnce), member -> {
                if (member.accountId() == null) {
                    lists.remove(account.id(), member.listId());
                } else {
                    lists.removeMembers(account.id(), member.listId(), List.of(member.accountId()));
                }
            });
        };
    }

    private interface End<T> {
        void end(T which);
    }

    private static <T> boolean endAll(List<T> those, End<T> end) {
        those.forEach(end::end);
        return !those.isEmpty();
    }

    private void run(DataImport of, Account account, int atOnce) {
        List<ImportStore.Waiting> rows = store.waiting(of.id(), atOnce);
        for (ImportStore.Waiting row : rows) {
            try {
                Effect effect = effect(of.kind(), account, row.row());
                database.transaction(() -> {
                    effect.happen();
                    store.done(of.id(), row.id());
                });
            } catch (Refusal refusal) {
                store.failed(of.id(), row.id(), refusal.getMessage());
            }
        }
        if (rows.size() < atOnce) {
            store.enter(of.id(), DataImport.State.DONE);
        }
    }

    private interface Effect {
        void happen();
    }

    /** What a row means, once those it names are found; that may take requests. */
    private Effect effect(TransferKind kind, Account account, ImportRow row) {
        return switch (kind) {
            case FOLLOWING -> {
                long target = account(row.target()).id();
                yield () -> relationships.follow(account.id(), target, new FollowOptions(row.reblogs(), row.bell(), row.languages()));
            }
            case BLOCKS -> {
                long target = account(row.target()).id();
                yield () -> relationships.block(account.id(), target);
            }
            case MUTES -> {
                long target = account(row.target()).id();
                yield () -> relationships.mute(account.id(), target, row.hideNotifications() == null || row.hideNotifications(), Duration.ZERO);
            }
            case DOMAIN_BLOCKS -> {
                if (domains.isOwnHost(row.target())) {
                    throw Refusal.unprocessable("this server itself");
                }
                yield () -> relationships.blockDomain(account.id(), row.target());
            }
            case BOOKMARKS -> {
                long status = status(row.target());
                yield () -> statuses.bookmark(account, status);
            }
            case LISTS -> {
                long target = account(row.target()).id();
                yield () -> addToList(account, row.list(), target);
            }
        };
    }

    /** As Mastodon does: whoever stands in a list is followed. */
    private void addToList(Account account, String title, long target) {
        if (target != account.id()) {
            relationships.follow(account.id(), target, new FollowOptions(null, null, null));
        }
        lists.add(account.id(), lists.titled(account.id(), title).id(), List.of(target));
    }

    private Account account(String target) {
        Optional<Account> found = target.startsWith("https://") || target.startsWith("http://") ? byUri(target)
            : Handle.parse(target, domains.defaultDomain().name()).flatMap(handle -> resolver.account(handle.username(), handle.host()));
        return found.filter(account -> !account.isSuspended()).orElseThrow(() -> Refusal.unprocessable("not found"));
    }

    private Optional<Account> byUri(String uri) {
        return actors.byUri(uri, Budgets.forLookup()) instanceof ActorFetch.Found(Account account) ? Optional.of(account) : Optional.empty();
    }

    private long status(String uri) {
        return switch (resolver.url(uri)) {
            case Resolved.StatusFound(long id) -> id;
            case Resolved.AccountFound account -> throw Refusal.unprocessable("not a post");
            case Resolved.Nothing nothing -> throw Refusal.unprocessable("not found");
        };
    }
}
