package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import social.dunlin.testing.TestPostgres;

/**
 * Two people use every method of Mastodon's API that is built, as docs/mastodon-api.md says. {@link Api} holds each answer
 * to Mastodon's entities; the last test finds methods that nobody asked. Whoever builds a method asks it here.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EveryMethodIT {
    private final MailServer mail = new MailServer();
    private FakeServer elsewhere;
    private TestPostgres postgres;
    private String database;
    private Server server;
    private Api anna;
    private Api ben;
    private String annaId;
    private String benId;
    private SeldomMethods seldom;

    @BeforeAll
    void start() {
        postgres = TestPostgres.start();
        database = postgres.freshDatabase();
        elsewhere = FakeServer.start();
        String text = Path.of("..", "NOTICE").toAbsolutePath().toString();
        server = Server.overHttps("alpha.test", postgres.uriOf(database)).with("DUNLIN_TRANSLATION_URL", elsewhere.base() + "/lt")
            .with("DUNLIN_INSTANCE_PRIVACY_POLICY_FILE", text).with("DUNLIN_INSTANCE_TERMS_OF_SERVICE_FILE", text)
            .with("DUNLIN_INSTANCE_DOMAIN_BLOCKS", "everybody").with("DUNLIN_INSTANCE_DOMAIN_BLOCK_REASONS", "people")
            .with("DUNLIN_REGISTRATION_MODE", "open").with("DUNLIN_MAIL_HOST", "127.0.0.1").with("DUNLIN_MAIL_PORT", Integer.toString(mail.port()))
            .with("DUNLIN_MAIL_SECURITY", "none").start();
        anna = server.newUser("anna");
        ben = server.newUser("ben");
        annaId = anna.get("/api/v1/accounts/verify_credentials").get("id").asText();
        benId = ben.get("/api/v1/accounts/verify_credentials").get("id").asText();
        seldom = new SeldomMethods(server, elsewhere, anna, ben);
    }

    @AfterAll
    void stop() {
        server.close();
        elsewhere.close();
        mail.close();
    }

    private static String post(Api author, String text, String visibility) {
        return id(author.post("/api/v1/statuses", Map.of("status", text, "visibility", visibility)));
    }

    private static String id(JsonNode entity) {
        return entity.get("id").asText();
    }

    @Test
    @Order(1)
    void theServerAboutItself() {
        for (String path : List.of("/api/v1/instance", "/api/v2/instance", "/api/v1/instance/rules", "/api/v1/instance/peers",
            "/api/v1/instance/extended_description", "/api/v1/custom_emojis", "/api/v1/instance/activity", "/api/v1/instance/languages",
            "/api/v1/instance/privacy_policy", "/.well-known/oauth-authorization-server")) {
            server.anonymous().get(path);
        }
        JsonNode application = server.anonymous().post("/api/v1/apps", Map.of("client_name", "Every method", "redirect_uris", "urn:ietf:wg:oauth:2.0:oob"));
        assertTrue(application.has("client_id"));
        anna.get("/api/v1/apps/verify_credentials");
        assertEquals(anna.get("/api/v1/accounts/verify_credentials").get("username"), anna.get("/oauth/userinfo").get("preferred_username"));
        String day = server.anonymous().get("/api/v1/instance/terms_of_service").get("effective_date").asText();
        server.anonymous().get("/api/v1/instance/terms_of_service/" + day);
        seldom.texts();
        seldom.blockedServers();
    }

    @Test
    @Order(2)
    void peopleAndWhatTheyAreToEachOther() {
        anna.post("/api/v1/accounts/" + benId + "/follow", Map.of("notify", true, "languages", List.of("en")));
        ben.post("/api/v1/accounts/" + annaId + "/follow");
        for (String path : List.of("/api/v1/accounts/" + benId, "/api/v1/accounts?id[]=" + benId, "/api/v1/accounts/lookup?acct=ben",
            "/api/v1/accounts/search?q=ben", "/api/v1/accounts/relationships?id[]=" + benId, "/api/v1/accounts/familiar_followers?id[]=" + benId,
            "/api/v1/accounts/" + benId + "/followers", "/api/v1/accounts/" + benId + "/following", "/api/v1/accounts/" + benId + "/lists",
            "/api/v1/preferences", "/api/v2/search?q=ben")) {
            anna.get(path);
        }
        for (String verb : List.of("endorse", "unendorse", "pin")) {
            anna.post("/api/v1/accounts/" + benId + "/" + verb);
        }
        assertEquals(1, anna.get("/api/v1/endorsements").size());
        assertEquals(1, server.anonymous().get("/api/v1/accounts/" + annaId + "/endorsements").size());
        anna.post("/api/v1/accounts/" + benId + "/unpin");
        assertEquals("kind", anna.post("/api/v1/accounts/" + benId + "/note", Map.of("comment", "kind")).get("note").asText());
        assertTrue(anna.post("/api/v1/accounts/" + benId + "/mute", Map.of("duration", 3600)).get("muting").asBoolean());
        assertEquals(1, anna.get("/api/v1/mutes").size());
        anna.post("/api/v1/accounts/" + benId + "/unmute");
        anna.post("/api/v1/domain_blocks", Map.of("domain", "bad.example"));
        assertEquals("[\"bad.example\"]", anna.get("/api/v1/domain_blocks").toString());
        assertEquals(0, anna.get("/api/v1/domain_blocks/preview?domain=bad.example").get("followers_count").asInt());
        anna.delete("/api/v1/domain_blocks?domain=bad.example");
        anna.send("PATCH", "/api/v1/accounts/update_credentials", Map.of("locked", true, "note", "About me")).ok();
        List.of("avatar", "header").forEach(picture -> anna.delete("/api/v1/profile/" + picture));
        Api carl = server.newUser("carl");
        String carlId = id(carl.get("/api/v1/accounts/verify_credentials"));
        for (String answer : List.of("reject", "authorize")) {
            assertTrue(carl.post("/api/v1/accounts/" + annaId + "/follow").get("requested").asBoolean());
            assertEquals(1, anna.get("/api/v1/follow_requests").size());
            anna.post("/api/v1/follow_requests/" + carlId + "/" + answer);
        }
        anna.send("PATCH", "/api/v1/accounts/update_credentials", Map.of("locked", false)).ok();
        anna.post("/api/v1/accounts/" + carlId + "/remove_from_followers");
        carl.post("/api/v1/accounts/" + annaId + "/unfollow");
        carl.post("/api/v1/accounts/" + annaId + "/block");
        assertEquals(1, carl.get("/api/v1/blocks").size());
        carl.post("/api/v1/accounts/" + annaId + "/unblock");
    }

    @Test
    @Order(3)
    void postsAndWhatIsDoneToThem() {
        String post = post(ben, "The tide is out #tide @anna", "public");
        String path = "/api/v1/statuses/" + post;
        for (String verb : List.of("favourite", "reblog", "bookmark", "mute")) {
            anna.post(path + "/" + verb);
        }
        ben.post(path + "/pin");
        for (String list : List.of(path, path + "/context", path + "/history", path + "/favourited_by", path + "/reblogged_by",
            "/api/v1/statuses?id[]=" + post, "/api/v1/favourites", "/api/v1/bookmarks", "/api/v1/timelines/home", "/api/v1/timelines/public",
            "/api/v1/timelines/tag/tide", "/api/v1/accounts/" + benId + "/statuses", "/api/v1/accounts/" + benId + "/statuses?pinned=true")) {
            assertTrue(!anna.get(list).isEmpty(), list);
        }
        ben.get(path + "/source");
        String quoting = id(anna.post("/api/v1/statuses", Map.of("status", "Look", "quoted_status_id", post)));
        assertEquals(1, ben.get(path + "/quotes").size());
        ben.post(path + "/quotes/" + quoting + "/revoke");
        ben.put(path + "/interaction_policy", Map.of("quote_approval_policy", "nobody"));
        ben.put(path, Map.of("status", "The tide is coming in #tide @anna"));
        assertEquals(2, anna.get(path + "/history").size());
        for (String verb : List.of("unfavourite", "unreblog", "unbookmark", "unmute")) {
            anna.post(path + "/" + verb);
        }
        ben.post(path + "/unpin");
        JsonNode poll = ben.post("/api/v1/statuses", Map.of("status", "Well?", "poll", Map.of("options", List.of("Yes", "No"), "expires_in", 3600))).get("poll");
        anna.get("/api/v1/polls/" + id(poll));
        assertTrue(anna.post("/api/v1/polls/" + id(poll) + "/votes", Map.of("choices", List.of(0))).get("voted").asBoolean());
        ben.delete("/api/v1/statuses/" + post(ben, "To be deleted", "public"));
        anna.get("/api/v1/markers?timeline[]=home");
        anna.post("/api/v1/markers", Map.of("home", Map.of("last_read_id", post)));
    }

    @Test
    @Order(4)
    void listsAndHashtags() {
        JsonNode list = anna.post("/api/v1/lists", Map.of("title", "Friends"));
        String path = "/api/v1/lists/" + id(list);
        anna.post(path + "/accounts", Map.of("account_ids", List.of(benId)));
        assertEquals(1, anna.get(path + "/accounts?limit=0").size());
        assertEquals(1, anna.get("/api/v1/accounts/" + benId + "/lists").size());
        assertTrue(!anna.get("/api/v1/timelines/list/" + id(list)).isEmpty());
        assertTrue(anna.put(path, Map.of("title", "Close friends", "replies_policy", "none", "exclusive", true)).get("exclusive").asBoolean());
        assertEquals(list.get("id"), anna.get("/api/v1/lists").get(0).get("id"));
        anna.get(path);
        anna.delete(path + "/accounts?account_ids[]=" + benId);
        assertEquals(0, anna.get(path + "/accounts").size());
        anna.delete(path);
        assertTrue(anna.post("/api/v1/tags/tide/follow").get("following").asBoolean());
        assertEquals(1, anna.get("/api/v1/followed_tags").size());
        assertTrue(anna.post("/api/v1/tags/tide/feature").get("featuring").asBoolean());
        assertEquals("tide", server.anonymous().get("/api/v1/accounts/" + annaId + "/featured_tags").at("/0/name").asText());
        assertTrue(!anna.post("/api/v1/tags/tide/unfeature").get("featuring").asBoolean());
        anna.post("/api/v1/tags/tide/unfeature");
        assertEquals(404, anna.send("POST", "/api/v1/tags/no%20tag/feature", null).status());
        String featured = id(anna.post("/api/v1/featured_tags", Map.of("name", "Tide")));
        assertEquals(1, anna.get("/api/v1/featured_tags").size());
        ben.get("/api/v1/featured_tags/suggestions");
        anna.delete("/api/v1/featured_tags/" + featured);
        server.anonymous().get("/api/v1/tags/tide");
        anna.post("/api/v1/tags/tide/unfollow");
    }

    @Test
    @Order(5)
    void filtersInBothForms() {
        String post = post(ben, "Nothing but rain", "public");
        JsonNode filter = anna.post("/api/v2/filters", Map.of("title", "Weather", "context", List.of("home", "public"), "expires_in", 3600,
            "filter_action", "hide", "keywords_attributes", List.of(Map.of("keyword", "rain", "whole_word", true))));
        String path = "/api/v2/filters/" + id(filter);
        assertEquals("[\"rain\"]", anna.get("/api/v1/statuses/" + post).at("/filtered/0/keyword_matches").toString());
        assertEquals("rain", anna.findInHome("Nothing but rain").orElseThrow().at("/filtered/0/keyword_matches/0").asText());
        assertEquals(1, anna.get("/api/v2/filters").size());
        anna.get(path);
        anna.put(path, Map.of("title", "All weather"));
        String keyword = id(anna.post(path + "/keywords", Map.of("keyword", "snow")));
        assertEquals(2, anna.get(path + "/keywords").size());
        anna.get("/api/v2/filters/keywords/" + keyword);
        anna.put("/api/v2/filters/keywords/" + keyword, Map.of("keyword", "hail"));
        String single = id(anna.post(path + "/statuses", Map.of("status_id", post)));
        assertEquals(1, anna.get(path + "/statuses").size());
        anna.get("/api/v2/filters/statuses/" + single);
        anna.delete("/api/v2/filters/statuses/" + single);
        assertEquals(422, anna.send("PUT", "/api/v1/filters/" + keyword, Map.of("phrase", "hail", "context", List.of("home"))).status(),
            "shared by several keywords");
        anna.delete("/api/v2/filters/keywords/" + keyword);
        anna.delete(path);
        String old = id(anna.post("/api/v1/filters", Map.of("phrase", "fog", "context", List.of("home"), "irreversible", true)));
        assertTrue(anna.get("/api/v1/filters/" + old).get("irreversible").asBoolean());
        anna.put("/api/v1/filters/" + old, Map.of("phrase", "mist", "context", List.of("thread")));
        assertEquals("mist", anna.get("/api/v1/filters").get(0).get("phrase").asText());
        anna.delete("/api/v1/filters/" + old);
        assertEquals(0, anna.get("/api/v2/filters").size());
    }

    @Test
    @Order(6)
    void notificationsOneByOneGroupedAndSetAside() {
        String post = post(ben, "Like this", "public");
        anna.post("/api/v1/statuses/" + post + "/favourite");
        JsonNode first = ben.get("/api/v1/notifications?include_filtered=true").get(0);
        ben.get("/api/v1/notifications/" + id(first));
        ben.get("/api/v1/notifications/unread_count");
        ben.get("/api/v2/notifications/unread_count");
        JsonNode grouped = ben.get("/api/v2/notifications?expand_accounts=partial_avatars");
        assertTrue(grouped.has("partial_accounts"));
        String group = "/api/v2/notifications/" + grouped.at("/notification_groups/0/group_key").asText();
        ben.get(group);
        assertEquals(1, ben.get(group + "/accounts").size());
        ben.post(group + "/dismiss");
        ben.put("/api/v1/notifications/policy", Map.of("filter_not_following", true));
        assertTrue(ben.get("/api/v1/notifications/policy").get("filter_not_following").asBoolean());
        assertEquals("filter", ben.get("/api/v2/notifications/policy").get("for_not_following").asText());
        ben.send("PATCH", "/api/v2/notifications/policy", Map.of("for_not_following", "drop", "for_private_mentions", "filter")).ok();
        ben.send("PATCH", "/api/v2/notifications/policy", Map.of("for_not_following", "filter")).ok();
        assertEquals(422, ben.send("PUT", "/api/v2/notifications/policy", Map.of("for_bots", "maybe")).status());
        for (String answer : List.of("dismiss", "accept")) {
            Api stranger = server.newUser("stranger" + answer);
            post(stranger, "@ben hello", "public");
            JsonNode request = ben.get("/api/v1/notifications/requests").get(0);
            assertEquals(1, ben.get("/api/v2/notifications/policy").at("/summary/pending_requests_count").asInt());
            ben.get("/api/v1/notifications/requests/" + id(request));
            ben.post("/api/v1/notifications/requests/" + id(request) + "/" + answer);
            ben.post("/api/v1/notifications/requests/" + answer, Map.of("id", List.of(id(request))));
        }
        assertTrue(ben.get("/api/v1/notifications/requests/merged").get("merged").asBoolean());
        assertEquals("@ben hello", ben.get("/api/v1/notifications").at("/0/status/content").asText().replaceAll("<[^>]*>", ""));
        ben.post("/api/v1/notifications/" + ben.get("/api/v1/notifications").at("/0/id").asText() + "/dismiss");
        ben.post("/api/v1/notifications/dismiss", Map.of("id", id(first)));
        ben.post("/api/v1/notifications/clear");
        ben.post("/api/v2/notifications/clear");
    }

    @Test
    @Order(7)
    void conversationsInPrivate() {
        post(ben, "@anna psst", "direct");
        JsonNode conversation = anna.get("/api/v1/conversations").get(0);
        assertTrue(conversation.get("unread").asBoolean());
        String path = "/api/v1/conversations/" + id(conversation);
        assertTrue(!anna.post(path + "/read").get("unread").asBoolean());
        anna.post(path + "/unread");
        anna.delete(path);
        assertEquals(0, anna.get("/api/v1/conversations").size());
    }

    @Test
    @Order(8)
    void ownProfileAndCollections() {
        JsonNode profile = anna.send("PATCH", "/api/v1/profile", Map.of("display_name", "Anna", "note", "By the #sea", "discoverable", true, "show_media", false,
            "avatar_description", "A wader", "fields_attributes", List.of(Map.of("name", "Web", "value", "https://anna.example")))).ok();
        assertEquals("By the #sea", profile.get("note").asText());
        assertTrue(profile.get("formatted_note").asText().startsWith("<p>By the <a "), profile.toString());
        assertEquals("https://anna.example", profile.at("/fields/0/value").asText());
        assertTrue(!profile.get("show_media").asBoolean() && profile.get("avatar").isNull());
        assertEquals(profile, anna.get("/api/v1/profile"));
        assertTrue(!server.anonymous().get("/api/v1/accounts/" + annaId).get("show_media").asBoolean());
        assertEquals("", anna.delete("/api/v1/profile/avatar").get("avatar_description").asText());
        anna.delete("/api/v1/profile/header");
        assertEquals("automatic", ben.get("/api/v1/accounts/" + annaId).at("/feature_approval/current_user").asText());

        JsonNode made = ben.post("/api/v1/collections", Map.of("name", "Birders", "description", "Of the <coast>", "language", "en", "tag_name", "waders",
            "account_ids", List.of(annaId))).get("collection");
        assertEquals("Of the &lt;coast&gt;", made.get("description").asText());
        assertEquals("waders", made.at("/tag/name").asText());
        String path = "/api/v1/collections/" + id(made);
        assertEquals(id(made), anna.post("/api/v1/reports", Map.of("account_id", benId, "collection_ids", List.of(id(made)))).at("/collection_ids/0").asText());
        JsonNode document = document(made.get("uri").asText());
        assertEquals("FeaturedCollection 1", document.get("type").asText() + " " + document.get("totalItems"));
        String consent = document.at("/orderedItems/0/featureAuthorization").asText();
        assertEquals(made.get("uri").asText(), document(consent).get("interactingObject").asText());
        assertEquals(document.get("id"), document(document.get("attributedTo").asText() + "/collections").at("/orderedItems/0"));
        JsonNode shown = server.anonymous().get(path);
        assertEquals(benId + " " + annaId, id(shown.at("/accounts/0")) + " " + id(shown.at("/accounts/1")));
        assertEquals("Waders", ben.send("PATCH", path, Map.of("name", "Waders")).ok().at("/collection/name").asText());
        assertEquals(1, server.anonymous().get("/api/v1/accounts/" + benId + "/collections").get("collections").size());
        assertEquals(1, anna.get("/api/v1/accounts/" + annaId + "/in_collections").get("collections").size());
        assertEquals(403, ben.send("GET", "/api/v1/accounts/" + annaId + "/in_collections", null).status());
        assertEquals(403, anna.send("PUT", path, Map.of("name", "Mine")).status());
        ben.delete(path + "/items/" + id(made.at("/items/0")));
        JsonNode again = ben.post(path + "/items", Map.of("account_id", annaId)).get("collection_item");
        String taken = consent.substring(0, consent.lastIndexOf('/') + 1) + id(again);
        assertEquals("FeatureAuthorization", document(taken).get("type").asText());
        anna.post(path + "/items/" + id(again) + "/revoke");
        assertEquals(410, served(taken).status());
        assertEquals(422, ben.send("POST", path + "/items", Map.of("account_id", annaId)).status());
        assertEquals(403, ben.send("POST", path + "/items", Map.of("account_id", benId)).status(), "who does not let themself be found");
        for (Object odd : List.of("", "x", "-1", List.of(), "999999999999999999999999")) {
            int status = ben.send("POST", path + "/items", Map.of("account_id", odd)).status();
            assertTrue(status >= 400 && status < 500, odd + " gives " + status);
        }
        assertEquals(422, ben.send("POST", "/api/v1/collections", Map.of("name", "")).status());
        ben.delete(path);
        assertEquals(404, server.anonymous().send("GET", path, null).status());
    }

    private JsonNode document(String uri) {
        return served(uri).ok();
    }

    private Api.Answer served(String uri) {
        return Api.send(server.anonymous().request(URI.create(uri).getPath()).header("Accept", "application/activity+json").build());
    }

    @Test
    @Order(9)
    void picturesScheduledPostsAndWhatPeopleTalkAbout() throws IOException {
        seldom.pictures();
        seldom.scheduledPosts();
        seldom.linksAndTranslations();
        seldom.whatPeopleTalkAbout();
    }

    @Test
    @Order(10)
    void aYearAndThreadsThatAreLookedFor() {
        seldom.years(sql -> postgres.execute(database, sql));
    }

    @Test
    @Order(11)
    void comingInBeingToldAndGoing() throws Exception {
        Api app = seldom.comingIn();
        seldom.beingTold();
        seldom.going(app);
    }

    @Test
    @Order(12)
    void hostileInput52_namesWithoutEndAreRefusedAndNothingIsLost() {
        String endless = "x".repeat(100_000);
        String list = "/api/v1/lists/" + id(anna.post("/api/v1/lists", Map.of("title", "Kept")));
        JsonNode filter = anna.post("/api/v2/filters", Map.of("title", "Kept", "context", List.of("home"), "keywords_attributes", List.of(Map.of("keyword", "fog"))));
        String path = "/api/v2/filters/" + id(filter);
        String keyword = id(filter.at("/keywords/0"));
        int lists = anna.get("/api/v1/lists").size();
        Map<String, Map<String, ?>> asked = Map.ofEntries(Map.entry("POST /api/v1/lists", Map.of("title", endless)), Map.entry("PUT " + list, Map.of("title", endless)),
            Map.entry("POST /api/v2/filters", Map.of("title", endless, "context", List.of("home"))), Map.entry("PUT " + path, Map.of("title", endless)),
            Map.entry("PATCH " + path, Map.of("keywords_attributes", List.of(Map.of("keyword", endless)))),
            Map.entry("POST " + path + "/keywords", Map.of("keyword", endless)), Map.entry("PUT /api/v2/filters/keywords/" + keyword, Map.of("keyword", endless)),
            Map.entry("POST /api/v1/filters", Map.of("phrase", endless, "context", List.of("home"))),
            Map.entry("PUT /api/v1/filters/" + keyword, Map.of("phrase", endless, "context", List.of("home"))),
            Map.entry("POST /api/v1/featured_tags", Map.of("name", endless)), Map.entry("POST /api/v1/collections", Map.of("name", endless)),
            Map.entry("POST /api/v1/accounts/" + benId + "/note", Map.of("comment", endless)),
            Map.entry("POST /api/v1/reports", Map.of("account_id", benId, "comment", endless)),
            Map.entry("POST /api/v1/apps", Map.of("client_name", endless, "redirect_uris", "urn:ietf:wg:oauth:2.0:oob")));
        asked.forEach((request, body) -> {
            String[] parts = request.split(" ");
            assertEquals(422, anna.send(parts[0], parts[1], body).status(), request);
        });
        assertEquals("Kept", anna.get(list).get("title").asText());
        assertEquals(lists, anna.get("/api/v1/lists").size());
        assertEquals(filter, anna.get(path));
        assertEquals(1, anna.get("/api/v2/filters").size());
    }

    @Test
    @Order(100)
    void nothingThatIsBuiltWasForgotten() throws IOException {
        List<String> forgotten = Files.readAllLines(Path.of("..", "docs", "mastodon-api.md")).stream()
            .filter(line -> line.endsWith("| yes |"))
            .map(line -> line.substring(line.indexOf('`') + 1, line.lastIndexOf('`')))
            .filter(method -> !anna.hasAnswered(method))
            .toList();
        assertEquals(List.of(), forgotten, "Whoever builds a method of Mastodon's API asks it in this class");
    }
}
