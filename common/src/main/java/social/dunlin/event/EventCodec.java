package social.dunlin.event;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import social.dunlin.event.Event.AccountChanged;
import social.dunlin.event.Event.AnnouncementMade;
import social.dunlin.event.Event.AnnouncementReacted;
import social.dunlin.event.Event.AnnouncementWithdrawn;
import social.dunlin.event.Event.ConversationChanged;
import social.dunlin.event.Event.EmojisChanged;
import social.dunlin.event.Event.FiltersChanged;
import social.dunlin.event.Event.HomeChanged;
import social.dunlin.event.Event.JobsWaiting;
import social.dunlin.event.Event.MediaRejectionsChanged;
import social.dunlin.event.Event.NotificationCreated;
import social.dunlin.event.Event.NotificationsMerged;
import social.dunlin.event.Event.StatusCreated;
import social.dunlin.event.Event.StatusDeleted;
import social.dunlin.event.Event.StatusEdited;
import social.dunlin.event.Event.TokenRevoked;
import social.dunlin.event.Event.UploadProcessed;

/**
 * Events as compact JSON, written by hand so that names on the wire outlive names in the code. Processes of
 * two versions may share a database: unknown members are ignored, unknown events are nothing.
 */
final class EventCodec {
    private EventCodec() {
    }

    static String encode(Event event) {
        JsonObject json = switch (event) {
            case StatusCreated e -> named("status_created").put("status", e.statusId()).put("account", e.accountId());
            case StatusEdited e -> named("status_edited").put("status", e.statusId()).put("account", e.accountId());
            case StatusDeleted e -> named("status_deleted").put("status", e.statusId()).put("account", e.accountId())
                .put("open", e.open()).put("mentioned", new JsonArray(e.mentioned())).put("tags", new JsonArray(e.tags()));
            case NotificationCreated e -> named("notification_created").put("notification", e.notificationId()).put("account", e.accountId());
            case NotificationsMerged e -> named("notifications_merged").put("account", e.accountId());
            case HomeChanged e -> named("home_changed").put("account", e.accountId());
            case TokenRevoked e -> named("token_revoked").put("token", e.tokenId());
            case AccountChanged e -> named("account_changed").put("account", e.accountId());
            case FiltersChanged e -> named("filters_changed").put("account", e.accountId());
            case EmojisChanged ignored -> named("emojis_changed");
            case ConversationChanged e -> named("conversation_changed").put("conversation", e.conversationId()).put("account", e.accountId());
            case AnnouncementMade e -> named("announcement_made").put("announcement", e.announcementId());
            case AnnouncementWithdrawn e -> named("announcement_withdrawn").put("announcement", e.announcementId());
            case AnnouncementReacted e -> named("announcement_reacted").put("announcement", e.announcementId()).put("name", e.name());
            case MediaRejectionsChanged e -> named("media_rejections_changed");
            case UploadProcessed e -> named("upload_processed").put("upload", e.uploadId());
            case JobsWaiting e -> named("jobs_waiting").put("kind", e.kind()).put("due", e.dueInMilliseconds());
        };
        return json.encode();
    }

    private static JsonObject named(String name) {
        return new JsonObject().put("event", name);
    }

    /** Empty for what this version does not know. */
    static Optional<Event> decode(String payload) {
        try {
            return known(new JsonObject(payload));
        } catch (DecodeException | ClassCastException | NullPointerException failure) {
            return Optional.empty();
        }
    }

    private static Optional<Event> known(JsonObject json) {
        return Optional.ofNullable(switch (json.getString("event", "")) {
            case "status_created" -> new StatusCreated(json.getLong("status"), json.getLong("account"));
            case "status_edited" -> new StatusEdited(json.getLong("status"), json.getLong("account"));
            case "status_deleted" -> new StatusDeleted(json.getLong("status"), json.getLong("account"),
                json.getBoolean("open", false), numbers(json, "mentioned"), numbers(json, "tags"));
            case "notification_created" -> new NotificationCreated(json.getLong("notification"), json.getLong("account"));
            case "notifications_merged" -> new NotificationsMerged(json.getLong("account"));
            case "home_changed" -> new HomeChanged(json.getLong("account"));
            case "token_revoked" -> new TokenRevoked(json.getLong("token"));
            case "account_changed" -> new AccountChanged(json.getLong("account"));
            case "filters_changed" -> new FiltersChanged(json.getLong("account"));
            case "emojis_changed" -> new EmojisChanged();
            case "conversation_changed" -> new ConversationChanged(json.getLong("conversation"), json.getLong("account"));
            case "announcement_made" -> new AnnouncementMade(json.getLong("announcement"));
            case "announcement_withdrawn" -> new AnnouncementWithdrawn(json.getLong("announcement"));
            case "announcement_reacted" -> new AnnouncementReacted(json.getLong("announcement"), json.getString("name"));
            case "media_rejections_changed" -> new MediaRejectionsChanged();
            case "upload_processed" -> new UploadProcessed(json.getLong("upload"));
            case "jobs_waiting" -> new JobsWaiting(json.getString("kind"), json.getLong("due", 0L));
            default -> null;
        });
    }

    private static List<Long> numbers(JsonObject json, String member) {
        return json.getJsonArray(member, new JsonArray()).stream().map(number -> ((Number) number).longValue()).toList();
    }
}
