package social.dunlin.api.notification;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import social.dunlin.api.access.Caller;
import social.dunlin.api.entity.NotificationFallbacks;
import social.dunlin.api.request.Parameters;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.NotificationType;
import social.dunlin.paging.Page;

/** Which notifications a request asks for; kinds nobody knows are ignored (behaviours §16). */
@ApplicationScoped
class NotificationQuery {
    private static final int DEFAULT = 40;
    private static final int MAXIMUM = 80;
    private static final int COUNTED = 100;
    private static final int MOST_COUNTED = 1000;

    private final NotificationService notifications;
    private final Parameters parameters;
    private final Caller caller;

    NotificationQuery(NotificationService notifications, Parameters parameters, Caller caller) {
        this.notifications = notifications;
        this.parameters = parameters;
        this.caller = caller;
    }

    Page page() {
        return parameters.page(DEFAULT, MAXIMUM);
    }

    List<NotificationType> types() {
        return known("types");
    }

    List<NotificationType> excluded() {
        return known("exclude_types");
    }

    /** What a client that says which kinds it knows does not know; of those it gets a fallback (Mastodon 4.6). */
    Set<NotificationType> unknownToClient() {
        if (!parameters.has("supported_types")) {
            return Set.of();
        }
        Set<NotificationType> unknown = NotificationFallbacks.kinds();
        known("supported_types").forEach(unknown::remove);
        return unknown;
    }

    private List<NotificationType> known(String parameter) {
        return parameters.texts(parameter).stream().map(NotificationType::ofApiName).flatMap(Optional::stream).toList();
    }

    /** Kinds were asked for, but only such as are never made here: the list is empty, not unfiltered. */
    boolean matchesNothing() {
        return types().isEmpty() && parameters.texts("types").stream().anyMatch(type -> !type.isBlank());
    }

    Long from() {
        return parameters.id("account_id").orElse(null);
    }

    boolean filteredToo() {
        return parameters.flag("include_filtered", false);
    }

    Map<String, Integer> unread() {
        int limit = parameters.number("limit").map(given -> Math.clamp(Math.abs((long) given), 1, MOST_COUNTED)).orElse(COUNTED);
        return Map.of("count", matchesNothing() ? 0 : notifications.unread(caller.accountId(), limit, types(), excluded()));
    }
}
