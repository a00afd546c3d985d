package social.dunlin.api.entity;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jsoup.nodes.Entities;
import social.dunlin.account.AccountStore;
import social.dunlin.notification.NotificationTitle;
import social.dunlin.notification.NotificationType;
import social.dunlin.text.PlainTextFormatter;
import social.dunlin.text.ResolvedMention;

/** What stands beside notifications for clients that do not know their kind (Mastodon 4.6, {@code supported_types}). */
@ApplicationScoped
public class NotificationFallbacks {
    private final AccountStore accounts;

    public NotificationFallbacks(AccountStore accounts) {
        this.accounts = accounts;
    }

    /** The kinds that have one; Mastodon expects every client to know all others. */
    public static Set<NotificationType> kinds() {
        return EnumSet.of(NotificationType.ADMIN_SIGN_UP, NotificationType.ADMIN_REPORT, NotificationType.SEVERED_RELATIONSHIPS,
            NotificationType.MODERATION_WARNING, NotificationType.ADDED_TO_COLLECTION, NotificationType.COLLECTION_UPDATE);
    }

    /** For one page of one reader. @param locale null when nothing on the page needs one */
    record Page(Set<NotificationType> unknown, String locale) {
        /** Null when the client knows the kind, or what it is about is gone. */
        NotificationFallbackEntity of(NotificationType type, AccountEntity sender, int senders, NotificationSubjects.Subject subject) {
            if (!unknown.contains(type) || sender == null || subject == NotificationSubjects.Subject.NONE && type != NotificationType.ADMIN_SIGN_UP) {
                return null;
            }
            String name = mention(sender);
            String title = senders > 1 && type == NotificationType.ADMIN_SIGN_UP ? NotificationTitle.ofSignUps(name, senders - 1, locale)
                : NotificationTitle.of(type, name, locale);
            return new NotificationFallbackEntity(title, summary(subject), null);
        }
    }

    /** @param unknown kinds that the client says it does not know */
    <T> Page of(List<T> page, Function<T, NotificationType> type, Set<NotificationType> unknown, long receiver) {
        return new Page(unknown, page.stream().map(type).anyMatch(unknown::contains) ? accounts.localeOf(receiver) : null);
    }

    /** What it is about. There is no page of ours that shows more than apps do, so none is linked as Mastodon does. */
    private static String summary(NotificationSubjects.Subject subject) {
        if (subject.report() != null) {
            return mention(subject.report().targetAccount());
        }
        if (subject.event() != null) {
            return Entities.escape(subject.event().targetName());
        }
        if (subject.moderationWarning() != null) {
            return Entities.escape(subject.moderationWarning().text());
        }
        return subject.collection() == null ? null : Entities.escape(subject.collection().name());
    }

    private static String mention(AccountEntity account) {
        return PlainTextFormatter.mention(new ResolvedMention(account.url(), account.username(), account.acct()));
    }
}
