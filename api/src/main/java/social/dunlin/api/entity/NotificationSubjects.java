package social.dunlin.api.entity;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import social.dunlin.api.access.AskedDomain;
import social.dunlin.collection.CollectionService;
import social.dunlin.moderation.AccountWarning;
import social.dunlin.moderation.AccountWarnings;
import social.dunlin.moderation.Report;
import social.dunlin.moderation.ReportService;
import social.dunlin.notification.NotificationType;
import social.dunlin.relationship.Severance;
import social.dunlin.relationship.Severances;
import social.dunlin.visibility.Viewer;

/** What notifications are about besides posts; each kind that a page has costs a fixed number of statements. */
@ApplicationScoped
public class NotificationSubjects {
    private final ReportService reports;
    private final Severances severances;
    private final AccountWarnings warnings;
    private final CollectionService collections;
    private final CollectionRenderer collectionRenderer;
    private final AccountRenderer accounts;
    private final AskedDomain asked;

    public NotificationSubjects(ReportService reports, Severances severances, AccountWarnings warnings, CollectionService collections,
                                CollectionRenderer collectionRenderer, AccountRenderer accounts, AskedDomain asked) {
        this.reports = reports;
        this.severances = severances;
        this.warnings = warnings;
        this.collections = collections;
        this.collectionRenderer = collectionRenderer;
        this.accounts = accounts;
        this.asked = asked;
    }

    /** What a notification is about, by its kind; at most one of them is not null. */
    record Subject(ReportEntity report, SeveranceEntity event, AccountWarningEntity moderationWarning, CollectionEntity collection) {
        static final Subject NONE = new Subject(null, null, null, null);
    }

    /** Of a page; what has none has {@link Subject#NONE}. */
    static final class Page {
        private final Map<NotificationType, Map<Long, Subject>> found = new HashMap<>();

        Subject of(NotificationType type, Long subjectId) {
            return subjectId == null ? Subject.NONE : found.getOrDefault(type, Map.of()).getOrDefault(subjectId, Subject.NONE);
        }
    }

    /** @param receiver whose notifications they are */
    <T> Page of(List<T> notifications, Function<T, NotificationType> type, Function<T, Long> subjectId, long receiver) {
        Page page = new Page();
        Map<NotificationType, Set<Long>> wanted = notifications.stream().filter(each -> subjectId.apply(each) != null)
            .collect(Collectors.groupingBy(type, Collectors.mapping(subjectId, Collectors.toSet())));
        Set<Long> ofCollections = new HashSet<>(wanted.getOrDefault(NotificationType.ADDED_TO_COLLECTION, Set.of()));
        ofCollections.addAll(wanted.getOrDefault(NotificationType.COLLECTION_UPDATE, Set.of()));
        if (!ofCollections.isEmpty()) {
            Map<Long, Subject> subjects = collections(ofCollections, receiver);
            page.found.put(NotificationType.ADDED_TO_COLLECTION, subjects);
            page.found.put(NotificationType.COLLECTION_UPDATE, subjects);
        }
        wanted.forEach((kind, ids) -> {
            switch (kind) {
                case ADMIN_REPORT -> page.found.put(kind, reports(ids));
                case SEVERED_RELATIONSHIPS -> page.found.put(kind, severances.byIds(ids).stream()
                    .collect(Collectors.toMap(Severance::id, each -> new Subject(null, SeveranceEntity.of(each), null, null))));
                case MODERATION_WARNING -> page.found.put(kind, warnings(ids));
                default -> { }
            }
        });
        return page;
    }

    private Map<Long, Subject> collections(Collection<Long> ids, long receiver) {
        return collectionRenderer.render(collections.byIds(ids), asked.get(), Viewer.of(receiver)).collections().stream()
            .collect(Collectors.toMap(each -> Long.valueOf(each.id()), each -> new Subject(null, null, null, each)));
    }

    private Map<Long, Subject> reports(Collection<Long> ids) {
        List<Report> found = reports.byIds(ids);
        Map<Long, AccountEntity> accused = accounts.renderIds(found.stream().map(Report::targetId).collect(Collectors.toSet()));
        return found.stream().filter(report -> accused.containsKey(report.targetId()))
            .collect(Collectors.toMap(Report::id, report -> new Subject(ReportEntity.of(report, accused.get(report.targetId())), null, null, null)));
    }

    private Map<Long, Subject> warnings(Collection<Long> ids) {
        List<AccountWarning> found = warnings.byIds(ids);
        Map<Long, AccountEntity> warned = accounts.renderIds(found.stream().map(AccountWarning::accountId).collect(Collectors.toSet()));
        return found.stream().collect(Collectors.toMap(AccountWarning::id,
            each -> new Subject(null, null, AccountWarningEntity.of(each, warned.get(each.accountId())), null)));
    }
}
