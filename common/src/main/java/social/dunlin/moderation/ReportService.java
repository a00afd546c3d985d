package social.dunlin.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.collection.AccountCollection;
import social.dunlin.collection.CollectionService;
import social.dunlin.database.Database;
import social.dunlin.federation.outbox.ReportOutbox;
import social.dunlin.refusal.Refusal;
import social.dunlin.visibility.Viewer;

/** Reports that people here make about somebody here or elsewhere. */
@ApplicationScoped
public class ReportService {
    private static final int MAXIMUM_COMMENT = 1_000;
    private static final int MAXIMUM_NAMED = 100;

    private final Database database;
    private final AccountStore accounts;
    private final ReportStore store;
    private final CollectionService collections;
    private final ReportOutbox outbox;
    private final ReportNotifications notifications;

    public ReportService(Database database, AccountStore accounts, ReportStore store, CollectionService collections, ReportOutbox outbox,
                         ReportNotifications notifications) {
        this.database = database;
        this.accounts = accounts;
        this.store = store;
        this.collections = collections;
        this.outbox = outbox;
        this.notifications = notifications;
    }

    /** Posts and collections of others, and such as the reporter cannot see, are not there: 404. */
    public Report file(Account reporter, NewReport wanted) {
        if (wanted.comment().codePointCount(0, wanted.comment().length()) > MAXIMUM_COMMENT) {
            throw Refusal.invalid("Comment is too long (maximum is %d characters)".formatted(MAXIMUM_COMMENT));
        }
        if (Stream.of(wanted.statusIds(), wanted.collectionIds(), wanted.ruleIds()).anyMatch(ids -> ids.size() > MAXIMUM_NAMED)) {
            throw Refusal.invalid("Too many posts, collections or rules at once");
        }
        return database.transaction(() -> {
            Account target = accounts.byId(wanted.targetId()).filter(account -> !account.isSuspended()).orElseThrow(Refusal::notFound);
            List<ReportStore.Named> posts = posts(reporter, wanted);
            List<AccountCollection> named = collections(reporter, wanted);
            ReportCategory category = wanted.ruleIds().isEmpty() ? wanted.category() : violation(reporter, wanted.ruleIds());
            boolean forward = wanted.forward() && !target.isLocal();
            Report report = store.insert(reporter.id(), wanted, posts.stream().map(ReportStore.Named::id).toList(), category, forward);
            notifications.told(report.id(), reporter.id(), target.id(), reporter.id());
            if (forward) {
                outbox.reported(reporter, target, Stream.of(Stream.of(target.uri()), posts.stream().map(ReportStore.Named::uri),
                    named.stream().map(AccountCollection::uri)).flatMap(uris -> uris).toList(), wanted.comment());
            }
            return report;
        });
    }

    /** For who is told of them. */
    public List<Report> byIds(Collection<Long> ids) {
        return store.byIds(ids);
    }

    private List<ReportStore.Named> posts(Account reporter, NewReport wanted) {
        Set<Long> ids = new HashSet<>(wanted.statusIds());
        List<ReportStore.Named> posts = ids.isEmpty() ? List.of() : store.posts(reporter.id(), wanted.targetId(), ids);
        if (posts.size() < ids.size()) {
            throw Refusal.notFound();
        }
        return posts;
    }

    private List<AccountCollection> collections(Account reporter, NewReport wanted) {
        Set<Long> ids = Set.copyOf(wanted.collectionIds());
        List<AccountCollection> shown = collections.shown(Viewer.of(reporter.id()), wanted.targetId(), ids);
        if (shown.size() < ids.size()) {
            throw Refusal.notFound();
        }
        return shown;
    }

    private ReportCategory violation(Account reporter, List<Long> ruleIds) {
        Set<Long> ids = new HashSet<>(ruleIds);
        if (store.knownRules(reporter.domainId().orElseThrow(), ids) < ids.size()) {
            throw Refusal.invalid("Rules does not reference valid rules");
        }
        return ReportCategory.VIOLATION;
    }
}
