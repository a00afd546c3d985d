package social.dunlin.api.entity;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import social.dunlin.api.entity.GroupedNotificationsEntity.Group;
import social.dunlin.api.entity.GroupedNotificationsEntity.PartialAccountEntity;
import social.dunlin.notification.NotificationGroup;
import social.dunlin.notification.NotificationType;

/** Grouped notifications as the API shows them: every account and post of the page once. */
@ApplicationScoped
public class NotificationGroupRenderer {
    private final AccountRenderer accounts;
    private final NotificationRenderer notifications;
    private final NotificationSubjects subjects;
    private final NotificationFallbacks fallbacks;

    public NotificationGroupRenderer(AccountRenderer accounts, NotificationRenderer notifications, NotificationSubjects subjects,
                                     NotificationFallbacks fallbacks) {
        this.accounts = accounts;
        this.notifications = notifications;
        this.subjects = subjects;
        this.fallbacks = fallbacks;
    }

    public GroupedNotificationsEntity render(List<NotificationGroup> groups, long receiver, boolean paged) {
        return render(groups, receiver, paged, false, Set.of());
    }

    /**
     * @param paged   true for a list: each group says which part of the page it covers
     * @param partial true when only the latest sender of each group is needed as a whole
     * @param unknown kinds that the client says it does not know
     */
    public GroupedNotificationsEntity render(List<NotificationGroup> groups, long receiver, boolean paged, boolean partial,
                                             Set<NotificationType> unknown) {
        Set<Long> senders = groups.stream().flatMap(group -> group.senders().stream()).collect(Collectors.toSet());
        Map<Long, AccountEntity> people = accounts.renderIds(senders);
        Map<Long, RawJson> posts = notifications.posts(
            groups.stream().map(NotificationGroup::statusId).filter(Objects::nonNull).collect(Collectors.toSet()), receiver);
        NotificationSubjects.Page others = subjects.of(groups, NotificationGroup::type, NotificationGroup::subjectId, receiver);
        NotificationFallbacks.Page instead = fallbacks.of(groups, NotificationGroup::type, unknown, receiver);
        Set<Long> whole = groups.stream().map(group -> group.senders().getFirst()).collect(Collectors.toSet());
        return new GroupedNotificationsEntity(
            people.entrySet().stream().filter(each -> !partial || whole.contains(each.getKey())).map(Map.Entry::getValue).toList(),
            !partial ? null : people.entrySet().stream().filter(each -> !whole.contains(each.getKey()))
                .map(each -> PartialAccountEntity.of(each.getValue())).toList(),
            List.copyOf(posts.values()),
            groups.stream().map(group -> {
                NotificationSubjects.Subject subject = others.of(group.type(), group.subjectId());
                return entity(group, paged, subject, instead.of(group.type(), people.get(group.senders().getFirst()), group.members(), subject));
            }).toList());
    }

    private static Group entity(NotificationGroup group, boolean paged, NotificationSubjects.Subject subject, NotificationFallbackEntity fallback) {
        return new Group(group.groupKey(), group.members(), group.type().apiName(), group.newestId(),
            paged ? Long.toString(group.oldestId()) : null, paged ? Long.toString(group.newestId()) : null,
            paged ? ApiTime.of(group.latestAt()) : null,
            group.senders().stream().map(id -> Long.toString(id)).toList(),
            group.statusId() == null ? null : Long.toString(group.statusId()),
            subject.report(), subject.event(), subject.moderationWarning(), subject.collection(), fallback);
    }
}
