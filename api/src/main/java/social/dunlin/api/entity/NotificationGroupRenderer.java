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

/** Grouped notifications as the API shows them: every account and post of the page once. */
@ApplicationScoped
public class NotificationGroupRenderer {
    private final AccountRenderer accounts;
    private final NotificationRenderer notifications;
    private final NotificationSubjects subjects;

    public NotificationGroupRenderer(AccountRenderer accounts, NotificationRenderer notifications, NotificationSubjects subjects) {
        this.accounts = accounts;
        this.notifications = notifications;
        this.subjects = subjects;
    }

    public GroupedNotificationsEntity render(List<NotificationGroup> groups, long receiver, boolean paged) {
        return render(groups, receiver, paged, false);
    }

    /**
     * @param paged   true for a list: each group says which part of the page it covers
     * @param partial true when only the latest sender of each group is needed as a whole
     */
    public GroupedNotificationsEntity render(List<NotificationGroup> groups, long receiver, boolean paged, boolean partial) {
        Set<Long> senders = groups.stream().flatMap(group -> group.senders().stream()).collect(Collectors.toSet());
        Map<Long, AccountEntity> people = accounts.renderIds(senders);
        Map<Long, RawJson> posts = notifications.posts(
            groups.stream().map(NotificationGroup::statusId).filter(Objects::nonNull).collect(Collectors.toSet()), receiver);
        NotificationSubjects.Page others = subjects.of(groups, NotificationGroup::type, NotificationGroup::subjectId, receiver);
        Set<Long> whole = groups.stream().map(group -> group.senders().getFirst()).collect(Collectors.toSet());
        return new GroupedNotificationsEntity(
            people.entrySet().stream().filter(each -> !partial || whole.contains(each.getKey())).map(Map.Entry::getValue).toList(),
            !partial ? null : people.entrySet().stream().filter(each -> !whole.contains(each.getKey()))
                .map(each -> PartialAccountEntity.of(each.getValue())).toList(),
            List.copyOf(posts.values()),
            groups.stream().map(group -> entity(group, paged, others.of(group.type(), group.subjectId()))).toList());
    }

    private static Group entity(NotificationGroup group, boolean paged, NotificationSubjects.Subject subject) {
        return new Group(group.groupKey(), group.members(), group.type().apiName(), group.newestId(),
            paged ? Long.toString(group.oldestId()) : null, paged ? Long.toString(group.newestId()) : null,
            paged ? ApiTime.of(group.latestAt()) : null,
            group.senders().stream().map(id -> Long.toString(id)).toList(),
            group.statusId() == null ? null : Long.toString(group.statusId()),
            subject.report(), subject.event(), subject.moderationWarning(), subject.collection());
    }
}
