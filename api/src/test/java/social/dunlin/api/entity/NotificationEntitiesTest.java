package social.dunlin.api.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.EntityContract.assertComplete;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.FRIDA;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import social.dunlin.collection.CollectionService;
import social.dunlin.collection.CollectionServices;
import social.dunlin.moderation.NewReport;
import social.dunlin.moderation.ReportCategory;
import social.dunlin.moderation.ReportServices;
import social.dunlin.notification.Notification;
import social.dunlin.notification.NotificationGroup;
import social.dunlin.notification.NotificationType;
import social.dunlin.paging.Page;
import social.dunlin.testing.EntityContract;
import social.dunlin.timeline.Marker;

/** The exact JSON of notifications, one by one and in groups, and of how far they were read. */
class NotificationEntitiesTest extends EntityStage {
    private NotificationRenderer notifications;
    private NotificationGroupRenderer groups;

    @BeforeAll
    void choose() {
        notifications = renderers.notifications;
        groups = renderers.groups;
    }

    @Test
    void notificationsOneByOneAndGrouped() {
        Notification favourite = new Notification(31, ALICE, NotificationType.FAVOURITE, BOB, POST, null, "favourite-5001-493000", false, Instant.parse("2026-02-03T04:05:06.007Z"));
        Notification follow = new Notification(32, ALICE, NotificationType.FOLLOW, FRIDA, null, null, "ungrouped-32", false, Instant.parse("2026-02-03T04:05:07Z"));
        JsonNode json = check("notifications", notifications.render(List.of(follow, favourite), NotificationFallbacks.kinds()));
        assertComplete("Notification", json.get(1), Set.of("report", "event", "moderation_warning", "fallback", "collection", "filtered"));
        assertTrue(json.get(0).path("status").isMissingNode());
        NotificationGroup group = new NotificationGroup("favourite-5001-493000", NotificationType.FAVOURITE, 2, 33, 31,
            Instant.parse("2026-02-03T04:05:06.007Z"), List.of(BOB), POST, null);
        JsonNode grouped = check("notifications-grouped", groups.render(List.of(group), ALICE, true));
        assertComplete("NotificationGroup", grouped.at("/notification_groups/0"),
            Set.of("report", "event", "moderation_warning", "fallback", "annual_report", "collection"));
        assertTrue(grouped.at("/notification_groups/0/most_recent_notification_id").isNumber());
    }

    /** Nothing but what the kind is about stands beside the account. */
    @Test
    void notificationsOfOtherThingsThanPosts() {
        long report = ReportServices.of(world, null).file(world.village.account(CAROL), new NewReport(DORA, List.of(), List.of(), "Rude", ReportCategory.OTHER, List.of(), false)).id();
        long collection = CollectionServices.of(world).create(CAROL, new CollectionService.Change("Birders", null, null, null, null, null), List.of()).id();
        database.execute("insert into account_warning (id, account_id, text) overriding system value values (71, $1, 'Be kind')", ALICE);
        database.execute("""
            insert into relationship_severance (id, account_id, type, target_name, followers_count, following_count)
            overriding system value values (81, $1, 'user_domain_block', 'far.example', 1, 2)""", ALICE);
        world.notifications.notifyAbout(NotificationType.ADMIN_REPORT, List.of(ALICE), CAROL, report);
        world.notifications.notifyAbout(NotificationType.ADDED_TO_COLLECTION, List.of(ALICE), CAROL, collection);
        world.notifications.notifyAbout(NotificationType.COLLECTION_UPDATE, List.of(ALICE), CAROL, collection);
        world.notifications.notifyAbout(NotificationType.MODERATION_WARNING, List.of(ALICE), ALICE, 71);
        world.notifications.notifyAbout(NotificationType.SEVERED_RELATIONSHIPS, List.of(ALICE), ALICE, 81);
        List<NotificationType> types = List.of(NotificationType.ADMIN_REPORT, NotificationType.ADDED_TO_COLLECTION, NotificationType.COLLECTION_UPDATE,
            NotificationType.MODERATION_WARNING, NotificationType.SEVERED_RELATIONSHIPS);
        JsonNode list = JSON.valueToTree(notifications.render(world.notifications.list(ALICE, Page.first(40), types, List.of(), null), Set.of()));
        JsonNode grouped = JSON.valueToTree(groups.render(world.notifications.groups(ALICE, Page.first(40), types, List.of(), null, List.of()), ALICE, true));
        for (JsonNode page : List.of(list, grouped.get("notification_groups"))) {
            assertEquals(List.of("severed_relationships event", "moderation_warning moderation_warning", "collection_update collection",
                "added_to_collection collection", "admin.report report"), StreamSupport.stream(page.spliterator(), false)
                .map(each -> each.get("type").asText() + " " + Stream.of("status", "report", "event", "moderation_warning", "collection").filter(each::has)
                    .collect(Collectors.joining(" "))).toList());
        }
        list.forEach(each -> assertEquals(List.of(), EntityContract.problems("Notification", each)));
        assertEquals(List.of(), EntityContract.problems("GroupedNotificationsResults", grouped));
        assertEquals("far.example 1 2", list.at("/0/event/target_name").asText() + " " + list.at("/0/event/followers_count") + " " + list.at("/0/event/following_count"));
        assertEquals("Be kind", list.at("/1/moderation_warning/text").asText());
        assertEquals("Birders", list.at("/2/collection/name").asText());
        assertEquals(Long.toString(DORA), list.at("/4/report/target_account/id").asText());
        clientsThatDoNotKnowAKindGetItInWords(types);
        String one = world.notifications.list(ALICE, Page.first(1), types, List.of(), null).getFirst().groupKey();
        assertEquals("far.example", JSON.valueToTree(groups.render(List.of(world.notifications.group(ALICE, one).orElseThrow()), ALICE, false))
            .at("/notification_groups/0/event/target_name").asText());
        database.execute("delete from notification where type = any($1)", (Object) types.stream().map(NotificationType::apiName).toArray(String[]::new));
    }

    private void clientsThatDoNotKnowAKindGetItInWords(List<NotificationType> types) {
        database.execute("update collection set name = 'Birds <b>'");
        Set<NotificationType> unknown = NotificationFallbacks.kinds();
        unknown.remove(NotificationType.MODERATION_WARNING);
        List<Notification> page = world.notifications.list(ALICE, Page.first(40), types, List.of(), null);
        String carol = "<span class=\"h-card\" translate=\"no\"><a href=\"https://village.example/@carol\" class=\"u-url mention\">@<span>carol</span></a></span>";
        JsonNode list = JSON.valueToTree(notifications.render(page, unknown));
        JsonNode grouped = JSON.valueToTree(groups.render(world.notifications.groups(ALICE, Page.first(40), types, List.of(), null, List.of()), ALICE, true,
            false, unknown));
        for (JsonNode shown : List.of(list, grouped.get("notification_groups"))) {
            assertEquals(List.of("You have lost connections | far.example", "-", carol + " changed a collection with you in it | Birds &lt;b&gt;",
                carol + " put you into a collection | Birds &lt;b&gt;", carol + " reported somebody | " + carol.replace("carol", "dora")),
                StreamSupport.stream(shown.spliterator(), false).map(each -> !each.has("fallback") ? "-"
                    : each.at("/fallback/title").asText() + " | " + each.at("/fallback/summary").asText()).toList());
        }
        assertEquals(List.of(), EntityContract.problems("Notification", list.get(0)));
        assertEquals(List.of(), EntityContract.problems("GroupedNotificationsResults", grouped));
        database.execute("update dunlin_user set locale = 'de-AT' where id = (select user_id from account where id = $1)", ALICE);
        assertEquals("Du hast Verbindungen verloren", notifications.render(page, unknown).getFirst().fallback().title());
        NotificationGroup signUps = new NotificationGroup("admin.sign_up-1", NotificationType.ADMIN_SIGN_UP, 3, 99, 91, Instant.EPOCH, List.of(CAROL, BOB), null, null);
        assertEquals(carol + " und 2 weitere haben sich angemeldet",
            groups.render(List.of(signUps), ALICE, true, false, unknown).notificationGroups().getFirst().fallback().title());
        database.execute("update dunlin_user set locale = 'en'");
    }

    @Test
    void marker() {
        assertComplete("Marker", check("marker", MarkerEntity.of(new Marker("home", 5001, 3, Instant.parse("2026-02-03T04:05:06Z")))), Set.of());
    }
}
