package social.dunlin.api.entity;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import social.dunlin.notification.Notification;
import social.dunlin.notification.NotificationRequest;
import social.dunlin.notification.NotificationType;
import social.dunlin.visibility.Viewer;

/** Notifications as the API shows them: accounts and posts of the whole page are loaded at once. */
@ApplicationScoped
public class NotificationRenderer {
    private final StatusJsonRenderer statusRenderer;
    private final AccountRenderer accountRenderer;
    private final NotificationSubjects subjects;
    private final NotificationFallbacks fallbacks;

    public NotificationRenderer(StatusJsonRenderer statusRenderer, AccountRenderer accountRenderer, NotificationSubjects subjects,
                                NotificationFallbacks fallbacks) {
        this.statusRenderer = statusRenderer;
        this.accountRenderer = accountRenderer;
        this.subjects = subjects;
        this.fallbacks = fallbacks;
    }

    public NotificationEntity render(Notification notification) {
        return render(List.of(notification), Set.of()).getFirst();
    }

    /** All of one receiver, in the same order. @param unknown kinds that the client says it does not know */
    public List<NotificationEntity> render(List<Notification> page, Set<NotificationType> unknown) {
        if (page.isEmpty()) {
            return List.of();
        }
        Map<Long, AccountEntity> accounts = accountRenderer.renderIds(distinct(page, Notification::fromAccountId));
        Map<Long, RawJson> posts = posts(distinct(page, Notification::statusId), page.getFirst().accountId());
        NotificationSubjects.Page others = subjects.of(page, Notification::type, Notification::subjectId, page.getFirst().accountId());
        NotificationFallbacks.Page instead = fallbacks.of(page, Notification::type, unknown, page.getFirst().accountId());
        return page.stream().map(notification -> entity(notification, accounts, posts, others.of(notification.type(), notification.subjectId()), instead)).toList();
    }

    private static NotificationEntity entity(Notification notification, Map<Long, AccountEntity> accounts, Map<Long, RawJson> posts,
                                             NotificationSubjects.Subject subject, NotificationFallbacks.Page instead) {
        AccountEntity sender = accounts.get(notification.fromAccountId());
        return new NotificationEntity(Long.toString(notification.id()), notification.type().apiName(),
            ApiTime.of(notification.createdAt()), notification.groupKey(), sender,
            notification.statusId() == null ? null : posts.get(notification.statusId()),
            subject.report(), subject.event(), subject.moderationWarning(), subject.collection(),
            instead.of(notification.type(), sender, 1, subject), notification.filtered() ? Boolean.TRUE : null);
    }

    /** All of one receiver, in the same order. */
    public List<NotificationRequestEntity> renderRequests(List<NotificationRequest> page, long receiver) {
        Map<Long, AccountEntity> accounts = accountRenderer.renderIds(page.stream().map(NotificationRequest::fromAccountId).toList());
        Map<Long, RawJson> posts = posts(page.stream().map(NotificationRequest::lastStatusId).filter(Objects::nonNull).toList(), receiver);
        return page.stream().map(request -> new NotificationRequestEntity(Long.toString(request.fromAccountId()), ApiTime.of(request.createdAt()),
            ApiTime.of(request.updatedAt()), Integer.toString(request.notifications()), accounts.get(request.fromAccountId()),
            request.lastStatusId() == null ? null : posts.get(request.lastStatusId()))).toList();
    }

    Map<Long, RawJson> posts(Collection<Long> ids, long receiver) {
        return statusRenderer.renderById(ids, Viewer.of(receiver));
    }

    private static Collection<Long> distinct(List<Notification> page, Function<Notification, Long> id) {
        return page.stream().map(id).filter(Objects::nonNull).collect(Collectors.toSet());
    }
}
