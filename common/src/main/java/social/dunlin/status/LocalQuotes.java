package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.OptionalLong;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.federation.outbox.QuoteOutbox;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.QuoteStore.Quoting;
import social.dunlin.visibility.QuotePermission;
import social.dunlin.visibility.QuoteVisibility;
import social.dunlin.visibility.Viewer;

/** What a local author quotes in a new post (behaviours §13). In the caller's transaction. */
@ApplicationScoped
class LocalQuotes {
    private final AccountStore accounts;
    private final StatusStore statuses;
    private final QuoteStore store;
    private final QuoteChanges changes;
    private final QuoteVisibility visibility;
    private final QuoteOutbox outbox;

    LocalQuotes(AccountStore accounts, StatusStore statuses, QuoteStore store, QuoteChanges changes, QuoteVisibility visibility, QuoteOutbox outbox) {
        this.accounts = accounts;
        this.statuses = statuses;
        this.store = store;
        this.changes = changes;
        this.visibility = visibility;
        this.outbox = outbox;
    }

    /** @param permission never DENIED */
    record Quoted(Status status, QuotePermission permission) {
        boolean isBy(Account author) {
            return status.accountId() == author.id();
        }
    }

    /** The post to be quoted; of a boost the post inside. What one may not see or quote is not there. */
    Quoted find(Account author, long quotedStatusId) {
        Viewer viewer = Viewer.of(author.id());
        Status found = statuses.byId(quotedStatusId).orElseThrow(Refusal::notFound);
        Status status = found.isReblog() ? statuses.byId(found.originalId()).orElseThrow(Refusal::notFound) : found;
        QuotePermission permission = visibility.mayQuote(viewer, status);
        if (permission == QuotePermission.DENIED) {
            throw Refusal.notFound();
        }
        return new Quoted(status, permission);
    }

    /** Nothing is shown wider than its quoted post; whoever is quoted in a direct post is one of those it is for. */
    static Visibility reach(Account author, Visibility wanted, Quoted quoted, Collection<Account> mentions) {
        Visibility reach = switch (quoted.status.visibility()) {
            case PUBLIC, UNLISTED -> wanted;
            case PRIVATE -> wanted == Visibility.DIRECT ? wanted : Visibility.PRIVATE;
            case LOCAL, LOCAL_UNLISTED -> switch (wanted) {
                case PUBLIC, LOCAL -> Visibility.LOCAL;
                case UNLISTED, LOCAL_UNLISTED -> Visibility.LOCAL_UNLISTED;
                case PRIVATE, DIRECT -> throw Refusal.invalid("A post that stays on this server can only be quoted in one that stays here too");
            };
            case DIRECT -> throw Refusal.notFound();
        };
        if (reach == Visibility.DIRECT && !quoted.isBy(author)
            && mentions.stream().noneMatch(person -> person.id() == quoted.status.accountId())) {
            throw Refusal.invalid("Quoting somebody in a private mention needs them to be mentioned");
        }
        if (!reach.federates() && !quoted.status.local()) {
            throw Refusal.invalid("The author of a post on another server cannot be asked for a quote that never leaves this one");
        }
        return reach;
    }

    /**
     * Writes the quote of a post just written. Between local people it is decided at once; a remote author is asked;
     * where nobody can be asked, because the quoted post's server knows no such policy, it is one of the old kind.
     */
    void write(Account author, Status quoting, Quoted quoted) {
        Status target = quoted.status;
        Account quotedAuthor = accounts.byId(target.accountId()).orElseThrow();
        boolean own = quoted.isBy(author);
        boolean asked = !own && !target.local() && quoted.permission != QuotePermission.UNKNOWN;
        boolean legacy = quoted.permission == QuotePermission.UNKNOWN;
        String request = asked ? outbox.requestUri(author, quoting.id()) : null;
        String stamp = !own && target.local() ? outbox.stampUri(quotedAuthor, quoting.id()) : null;
        store.insert(new Quoting(quoting.id(), OptionalLong.of(target.id()), target.uri(), asked ? QuoteState.PENDING : QuoteState.ACCEPTED,
            request, stamp, legacy));
        if (!own) {
            store.letRead(quoting.id(), quotedAuthor.id());
        }
        if (asked) {
            outbox.requested(quoting, author, target, request);
        } else {
            changes.counted(quoting, target);
        }
    }
}
