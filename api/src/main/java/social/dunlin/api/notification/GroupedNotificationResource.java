package social.dunlin.api.notification;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.AccountEntity;
import social.dunlin.api.entity.AccountRenderer;
import social.dunlin.api.entity.GroupedNotificationsEntity;
import social.dunlin.api.entity.NotificationGroupRenderer;
import social.dunlin.api.request.Links;
import social.dunlin.api.request.Parameters;
import social.dunlin.notification.NotificationGroup;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.NotificationType;
import social.dunlin.refusal.Refusal;

/** {@code /api/v2/notifications}: grouped. */
@Path("/api/v2/notifications")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class GroupedNotificationResource {
    private static final Collection<NotificationType> GROUPED =
        EnumSet.of(NotificationType.FAVOURITE, NotificationType.REBLOG, NotificationType.FOLLOW, NotificationType.ADMIN_SIGN_UP);

    private final NotificationService notifications;
    private final NotificationGroupRenderer renderer;
    private final AccountRenderer accounts;
    private final NotificationQuery query;
    private final Links links;
    private final Parameters parameters;
    private final Caller caller;

    public GroupedNotificationResource(NotificationService notifications, NotificationGroupRenderer renderer, AccountRenderer accounts,
                                       NotificationQuery query, Links links, Parameters parameters, Caller caller) {
        this.notifications = notifications;
        this.renderer = renderer;
        this.accounts = accounts;
        this.query = query;
        this.links = links;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Access(value = Level.USER_TOKEN, scopes = "read:notifications")
    public Response list() {
        List<NotificationGroup> page = query.matchesNothing() ? List.of()
            : notifications.groups(caller.accountId(), query.page(), query.types(), query.excluded(), query.from(), grouped(),
                query.filteredToo());
        return Links.answer(renderer.render(page, caller.accountId(), true, partialAccounts(), query.unknownToClient()),
            links.timeline(page.stream().map(NotificationGroup::newestId).toList()));
    }

    /** True when all but the latest sender of each group may be given as a picture with a name. */
    private boolean partialAccounts() {
        return switch (parameters.text("expand_accounts").filter(text -> !text.isBlank()).orElse("full")) {
            case "full" -> false;
            case "partial_avatars" -> true;
            default -> throw Refusal.badRequest("Invalid value for 'expand_accounts': must be 'full' or 'partial_avatars'");
        };
    }

    private Collection<NotificationType> grouped() {
        if (!parameters.has("grouped_types")) {
            return GROUPED;
        }
        return parameters.texts("grouped_types").stream().map(NotificationType::ofApiName).flatMap(Optional::stream)
            .filter(GROUPED::contains).toList();
    }

    @GET
    @Path("/unread_count")
    @Access(value = Level.USER_TOKEN, scopes = "read:notifications")
    public Map<String, Integer> unread() {
        return query.unread();
    }

    @POST
    @Path("/clear")
    @Access(value = Level.USER_TOKEN, scopes = "write:notifications")
    public Map<String, String> clear() {
        notifications.clear(caller.accountId());
        return Map.of();
    }

    @GET
    @Path("/{group:[a-z_.]+-[0-9-]+}")
    @Access(value = Level.USER_TOKEN, scopes = "read:notifications")
    public GroupedNotificationsEntity get(@PathParam("group") String group) {
        return renderer.render(List.of(notifications.group(caller.accountId(), group).orElseThrow(Refusal::notFound)), caller.accountId(), false,
            partialAccounts(), query.unknownToClient());
    }

    @GET
    @Path("/{group:[a-z_.]+-[0-9-]+}/accounts")
    @Access(value = Level.USER_TOKEN, scopes = "read:notifications")
    public List<AccountEntity> accounts(@PathParam("group") String group) {
        List<Long> senders = notifications.senders(caller.accountId(), group);
        Map<Long, AccountEntity> people = accounts.renderIds(senders);
        return senders.stream().distinct().map(people::get).filter(Objects::nonNull).toList();
    }

    @POST
    @Path("/{group:[a-z_.]+-[0-9-]+}/dismiss")
    @Access(value = Level.USER_TOKEN, scopes = "write:notifications")
    public Map<String, String> dismiss(@PathParam("group") String group) {
        notifications.dismissGroup(caller.accountId(), group);
        return Map.of();
    }
}
