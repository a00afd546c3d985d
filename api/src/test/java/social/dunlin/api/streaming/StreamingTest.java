package social.dunlin.api.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.ERIN;
import static social.dunlin.testing.Village.FRIDA;
import static social.dunlin.testing.Village.HAMLET_ALICE;
import static social.dunlin.testing.Village.MALLORY;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.activitypub.Uris;
import social.dunlin.database.Database;
import social.dunlin.domain.Domain;
import social.dunlin.event.Event.FiltersChanged;
import social.dunlin.event.Event.StatusEdited;
import social.dunlin.filter.Filter;
import social.dunlin.filter.FilterChange;
import social.dunlin.filter.FilterChange.KeywordChange;
import social.dunlin.filter.FilterContext;
import social.dunlin.list.ListService;
import social.dunlin.list.RepliesPolicy;
import social.dunlin.status.NewStatus;
import social.dunlin.status.Status;
import social.dunlin.status.StatusChange;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.EntityContract;

/** Who is told what live. What somebody is not to get is proven by the next thing they do get. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class StreamingTest {
    private StatusWorld statuses;
    private StreamWorld streams;
    private Database database;

    @BeforeAll
    void settle(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        statuses = new StatusWorld(database, vertx, options);
        streams = new StreamWorld(database, vertx, statuses);
    }

    @AfterAll
    void close() {
        streams.close();
    }

    private Status post(long author, String text) {
        return statuses.post(author, text, Visibility.PUBLIC);
    }

    private static String id(Status status) {
        return Long.toString(status.id());
    }

    private static void assertNext(StreamClient client, String stream, String event, Status status) {
        assertEquals(id(status), client.next(stream, event).get("id").asText());
    }

    @Test
    void postReachesItsAuthorAndFollowersAtHome() {
        StreamClient alice = streams.connect(ALICE, "user");
        StreamClient bob = streams.connect(BOB, "user");
        StreamClient dora = streams.connect(DORA, "user");
        Status written = post(ALICE, "The tide is out.");
        assertNext(bob, "[\"user\"]", "update", written);
        assertNext(alice, "[\"user\"]", "update", written);
        assertNext(dora, "[\"user\"]", "update", post(DORA, "Nobody follows me."));
    }

    @Test
    void privatePostReachesFollowersAloneAndNoPublicStream() {
        StreamClient bob = streams.connect(BOB, "user", "public");
        StreamClient pending = streams.connect(DORA, "user", "public", "hashtag/secret");
        Status secret = statuses.post(CAROL, "For those I know #secret", Visibility.PRIVATE);
        assertNext(bob, "[\"user\"]", "update", secret);
        Status open = statuses.remotePost(FRIDA, "for-all", Visibility.PUBLIC);
        assertNext(pending, "[\"public\"]", "update", open);
        statuses.service.edit(statuses.village.account(CAROL), secret.id(), StatusChange.text("For those I know well #secret"));
        assertNext(bob, "[\"public\"]", "update", open);
        assertNext(bob, "[\"user\"]", "status.update", secret);
        statuses.service.delete(statuses.village.account(CAROL), secret.id(), true, status -> status);
        assertEquals(id(secret), bob.next("[\"user\"]", "delete").asText());
        assertNext(pending, "[\"user\"]", "update", post(DORA, "Nothing of that came."));
    }

    @Test
    void whoIsBlockedOrHasMutedGetsNothing() {
        StreamClient blocked = streams.connect(MALLORY, "public");
        StreamClient muting = streams.connect(DORA, "public");
        statuses.village.mute(DORA, CAROL);
        post(CAROL, "Not for Mallory, and Dora does not want it");
        Status other = post(BOB, "For both");
        assertNext(blocked, "[\"public\"]", "update", other);
        assertNext(muting, "[\"public\"]", "update", other);
        database.execute("delete from mute");
    }

    @Test
    void publicStreamsAreToldApart() {
        StreamClient all = streams.connect(DORA, "public");
        StreamClient local = streams.connect(DORA, "public:local");
        StreamClient hamlet = streams.connect(ERIN, "public:local");
        StreamClient remote = streams.connect(DORA, "public:remote");
        StreamClient media = streams.connect(DORA, "public:media");
        Status near = post(BOB, "near");
        Status within = statuses.post(BOB, "stays", Visibility.LOCAL);
        Status neighbour = post(ERIN, "on the hamlet");
        Status far = statuses.remotePost(FRIDA, "far", Visibility.PUBLIC);
        statuses.service.publish(statuses.village.account(BOB), NewStatus.text("an answer").inReplyTo(far.id()));
        statuses.remotePost(FRIDA, "quiet", Visibility.UNLISTED);
        database.execute("insert into media_attachment (id, account_id, type) values (77, $1, 'image')", BOB);
        Status picture = statuses.service.publish(statuses.village.account(BOB), NewStatus.text("look").withMedia(List.of(77L)));
        for (Status expected : List.of(near, neighbour, far, picture)) {
            assertNext(all, "[\"public\"]", "update", expected);
        }
        for (Status expected : List.of(near, within, picture)) {
            assertNext(local, "[\"public:local\"]", "update", expected);
        }
        assertNext(hamlet, "[\"public:local\"]", "update", neighbour);
        assertNext(remote, "[\"public:remote\"]", "update", far);
        assertNext(media, "[\"public:media\"]", "update", picture);
    }

    @Test
    void localNameIsBareAtHomeAndFullElsewhere() {
        StreamClient village = streams.connect(DORA, "public");
        StreamClient hamlet = streams.connect(HAMLET_ALICE, "public");
        post(BOB, "Who am I?");
        assertEquals("bob", village.next("[\"public\"]", "update").at("/account/acct").asText());
        assertEquals("bob@village.example", hamlet.next("[\"public\"]", "update").at("/account/acct").asText());
    }

    @Test
    void hashtagIsFoundInAnySpellingAndNamedAsAsked() {
        StreamClient client = streams.connect(DORA, "hashtag/STRASSE");
        StreamClient local = streams.connect(DORA, "hashtag:local/straße");
        statuses.remotePost(FRIDA, "untagged", Visibility.PUBLIC);
        Status tagged = post(BOB, "Auf der #Straße");
        assertNext(client, "[\"hashtag\",\"STRASSE\"]", "update", tagged);
        assertNext(local, "[\"hashtag:local\",\"straße\"]", "update", tagged);
        statuses.service.delete(statuses.village.account(BOB), tagged.id(), true, status -> status);
        assertEquals(id(tagged), client.next("[\"hashtag\",\"STRASSE\"]", "delete").asText());
    }

    @Test
    void editReachesWhomItMentionsAndSaysWhatTheReaderDid() {
        Status written = post(ALICE, "Look, @mallory");
        database.execute("insert into favourite (account_id, status_id) values ($1, $2)", ERIN, written.id());
        database.execute("insert into emoji_reaction (account_id, status_id, name) values ($1, $2, '🦆')", ERIN, written.id());
        StreamClient bob = streams.connect(BOB, "user");
        StreamClient erin = streams.connect(ERIN, "user");
        StreamClient alice = streams.connect(ALICE, "user");
        StreamClient mentioned = streams.connect(MALLORY, "user:notification");
        statuses.service.edit(statuses.village.account(ALICE), written.id(), StatusChange.text("Look here, @mallory"));
        JsonNode forBob = bob.next("[\"user\"]", "status.update");
        JsonNode forErin = erin.next("[\"user\"]", "status.update");
        assertFalse(forBob.get("favourited").asBoolean());
        assertTrue(forErin.get("favourited").asBoolean());
        assertFalse(forBob.at("/emoji_reactions/0/me").asBoolean());
        assertTrue(forErin.at("/emoji_reactions/0/me").asBoolean());
        assertFalse(forBob.has("pinned"));
        assertEquals(0, forBob.get("filtered").size());
        assertTrue(alice.next("[\"user\"]", "status.update").has("pinned"), "authors see what is theirs alone");
        assertNext(mentioned, "[\"user:notification\"]", "status.update", written);
    }

    @Test
    void readersAreToldWhichOfTheirFiltersAPostMatches() {
        Filter filter = statuses.filterService.create(BOB, new FilterChange("Weather", List.of(FilterContext.HOME), null, null,
            List.of(new KeywordChange(null, "rain", true, false))));
        StreamClient bob = streams.connect(BOB, "user");
        StreamClient erin = streams.connect(ERIN, "user");
        post(ALICE, "Nothing but rain");
        assertEquals("[\"rain\"]", bob.next("[\"user\"]", "update").at("/filtered/0/keyword_matches").toString());
        assertEquals("[]", erin.next("[\"user\"]", "update").get("filtered").toString());
        statuses.filterService.remove(BOB, filter.id());
    }

    @Test
    void publicStreamSaysNothingOfTheReader() {
        StreamClient dora = streams.connect(DORA, "public");
        post(BOB, "Hello all");
        JsonNode status = dora.next("[\"public\"]", "update");
        assertFalse(status.has("favourited"));
        assertEquals("[]", status.get("filtered").toString());
        assertEquals("denied", status.at("/quote_approval/current_user").asText());
    }

    @Test
    void quotedPostIsHiddenFromWhomItsAuthorBlocks() {
        Status quoted = post(CAROL, "Quote me");
        StreamClient dora = streams.connect(DORA, "public");
        StreamClient blocked = streams.connect(MALLORY, "public");
        NewStatus text = NewStatus.text("She said it");
        statuses.service.publish(statuses.village.account(BOB), new NewStatus(text.text(), null, null, Visibility.PUBLIC, null, null, null, quoted.id(), null,
            List.of(), null, null, null, null));
        JsonNode seen = dora.next("[\"public\"]", "update");
        assertEquals("accepted", seen.at("/quote/state").asText());
        assertEquals(id(quoted), seen.at("/quote/quoted_status/id").asText());
        JsonNode unseen = blocked.next("[\"public\"]", "update");
        assertEquals("unauthorized", unseen.at("/quote/state").asText());
        assertTrue(unseen.at("/quote/quoted_status").isNull());
    }

    @Test
    void boostReachesFollowersWithThePostInIt() {
        Status written = statuses.remotePost(FRIDA, "boost-me", Visibility.PUBLIC);
        StreamClient bob = streams.connect(BOB, "user");
        Status boost = statuses.actions.reblog(statuses.village.account(ALICE), written.id(), Visibility.PUBLIC);
        assertEquals(id(written), bob.next("[\"user\"]", "update").at("/reblog/id").asText());
        statuses.actions.unreblog(statuses.village.account(ALICE), written.id());
        assertFalse(statuses.statuses.byId(boost.id()).isPresent());
        assertEquals(1, bob.next("[\"user\"]", "delete").size() + 1);
    }

    @Test
    void pollShowsTheReadersOwnChoice() {
        Status poll = statuses.service.publish(statuses.village.account(ALICE), NewStatus.text("Which?")
            .withPoll(new NewStatus.NewPoll(List.of("this", "that"), Duration.ofHours(1), false, false)));
        long number = statuses.polls.ofStatus(poll.id()).orElseThrow().id();
        statuses.pollService.vote(statuses.village.account(BOB), number, List.of(1));
        StreamClient bob = streams.connect(BOB, "user");
        StreamClient erin = streams.connect(ERIN, "user");
        statuses.bus.publish(new StatusEdited(poll.id(), ALICE));
        assertEquals("[1]", bob.next("[\"user\"]", "status.update").at("/poll/own_votes").toString());
        JsonNode other = erin.next("[\"user\"]", "status.update").get("poll");
        assertEquals("[]", other.get("own_votes").toString());
        assertFalse(other.get("voted").asBoolean());
    }

    @Test
    void oldPostThatArrivesLateIsNotAnnounced() {
        StreamClient alice = streams.connect(ALICE, "user", "public");
        statuses.remote.store(statuses.note(FRIDA, "yesterday", Visibility.PUBLIC, Instant.now().minus(Duration.ofHours(24))));
        assertNext(alice, "[\"user\"]", "update", post(BOB, "Of today"));
    }

    @Test
    void notificationReachesItsReceiverWhereTheTokenMayReadThem() {
        StreamClient bob = streams.connect(BOB, "user", "user:notification");
        StreamClient postsOnly = streams.connectBy(BOB, "?stream=user&access_token=" + streams.token(BOB, "read:statuses"));
        postsOnly.settle();
        Status mention = statuses.post(DORA, "@bob, listen", Visibility.UNLISTED);
        JsonNode told = bob.next("[\"user\"]", "notification");
        assertEquals("mention", told.get("type").asText());
        assertEquals(id(mention), told.at("/status/id").asText());
        assertEquals("dora", told.at("/account/acct").asText());
        bob.next("[\"user:notification\"]", "notification");
        assertNext(postsOnly, "[\"user\"]", "update", post(ALICE, "Something else"));
    }

    @Test
    void directPostIsTakenBackFromWhomItMentions() {
        Status mention = statuses.post(DORA, "@bob, between us", Visibility.DIRECT);
        StreamClient bob = streams.connect(BOB, "user");
        StreamClient alice = streams.connect(ALICE, "user", "public");
        statuses.service.delete(statuses.village.account(DORA), mention.id(), true, status -> status);
        assertEquals(id(mention), bob.next("[\"user\"]", "delete").asText());
        assertNext(alice, "[\"user\"]", "update", post(BOB, "Nothing of that came here"));
    }

    private long list(long owner, RepliesPolicy policy, boolean exclusive, Long... members) {
        long id = statuses.lists.create(owner, new ListService.Change("Friends", policy, exclusive)).id();
        statuses.lists.add(owner, id, List.of(members));
        return id;
    }

    @Test
    void listBringsWhatItsMembersPostAndSaysWhatTheReaderDid() {
        long id = list(BOB, RepliesPolicy.LIST, true, ALICE);
        String name = "[\"list\",\"%d\"]".formatted(id);
        StreamClient bob = streams.connect(BOB, "user", "list/" + id);
        StreamClient other = streams.connect(ERIN, "user", "public");
        Status written = post(ALICE, "Kept out of home");
        JsonNode told = bob.next(name, "update");
        assertEquals(id(written), told.get("id").asText());
        assertFalse(told.get("favourited").asBoolean());
        post(CAROL, "No member, and at home");
        assertEquals("[\"user\"]", bob.next().stream());
        statuses.actions.reblog(statuses.village.account(ALICE), statuses.remotePost(FRIDA, "for-a-list", Visibility.PUBLIC).id(), Visibility.PUBLIC);
        assertTrue(bob.next(name, "update").get("reblog").isObject());
        statuses.service.edit(statuses.village.account(ALICE), written.id(), StatusChange.text("Still out of home"));
        assertNext(bob, name, "status.update", written);
        statuses.service.delete(statuses.village.account(ALICE), written.id(), true, status -> status);
        assertEquals(id(written), bob.next("[\"user\"]", "delete").asText());
        assertEquals(id(written), bob.next(name, "delete").asText());
        assertNext(other, "[\"user\"]", "update", written);
        statuses.lists.remove(BOB, id);
        Status after = post(ALICE, "The list is gone");
        assertNext(bob, "[\"user\"]", "update", after);
    }

    @Test
    void listShowsAnswersAsItsPolicySays() {
        long nobody = list(BOB, RepliesPolicy.NONE, false, ALICE);
        long members = list(BOB, RepliesPolicy.LIST, false, ALICE, CAROL);
        long followed = list(BOB, RepliesPolicy.FOLLOWED, false, ALICE);
        Status strange = post(DORA, "Whom Bob does not follow");
        Status known = post(CAROL, "Of both kinds");
        StreamClient bob = streams.connect(BOB, "list/" + nobody, "list/" + members, "list/" + followed);
        answer(ALICE, strange);
        Status answer = answer(ALICE, known);
        List<String> heard = new ArrayList<>();
        for (int message = 0; message < 2; message++) {
            StreamClient.Message told = bob.next();
            assertEquals(id(answer), told.json().get("id").asText());
            heard.add(told.stream());
        }
        assertEquals(Set.of("[\"list\",\"%d\"]".formatted(members), "[\"list\",\"%d\"]".formatted(followed)), Set.copyOf(heard));
        List.of(nobody, members, followed).forEach(id -> statuses.lists.remove(BOB, id));
    }

    private Status answer(long author, Status parent) {
        return statuses.service.publish(statuses.village.account(author), NewStatus.text("Answer").inReplyTo(parent.id()).withVisibility(Visibility.PUBLIC));
    }

    @Test
    void directStreamTellsWhatChangedInPrivateConversations() {
        StreamClient bob = streams.connect(BOB, "direct");
        StreamClient alice = streams.connect(ALICE, "direct");
        StreamClient carol = streams.connect(CAROL, "direct", "public");
        statuses.post(DORA, "@bob, of a stranger, which waits until he asks for it", Visibility.DIRECT);
        Status first = statuses.post(ALICE, "@bob, in private", Visibility.DIRECT);
        JsonNode told = bob.next("[\"direct\"]", "conversation");
        assertEquals(List.of(), EntityContract.problems("Conversation", told));
        assertEquals(id(first) + " true alice", told.at("/last_status/id").asText() + " " + told.get("unread").asBoolean() + " " + told.at("/accounts/0/acct").asText());
        assertFalse(alice.next("[\"direct\"]", "conversation").get("unread").asBoolean());
        statuses.conversations.mark(BOB, told.get("id").asLong(), false);
        assertFalse(bob.next("[\"direct\"]", "conversation").get("unread").asBoolean(), "read in another client");
        Status second = statuses.service.publish(statuses.village.account(ALICE), NewStatus.text("@bob, more").inReplyTo(first.id()).withVisibility(Visibility.DIRECT));
        assertEquals(id(second), bob.next("[\"direct\"]", "conversation").at("/last_status/id").asText());
        statuses.service.delete(statuses.village.account(ALICE), second.id(), true, status -> status);
        assertEquals(id(first), bob.next("[\"direct\"]", "conversation").at("/last_status/id").asText());
        assertNext(carol, "[\"public\"]", "update", post(BOB, "Of all that nothing came here"));
    }

    @Test
    void changedFiltersAreAnnouncedWithoutContent() {
        StreamClient bob = streams.connect(BOB, "user", "public");
        statuses.bus.publish(new FiltersChanged(BOB));
        StreamClient.Message message = bob.next();
        assertEquals("[\"user\"] filters_changed", message.stream() + " " + message.event());
        assertNull(message.payload());
    }

    @Test
    void announcementsReachThePeopleOfTheirDomain() {
        Domain village = statuses.village.domains().byName("village.example").orElseThrow();
        StreamClient bob = streams.connect(BOB, "user");
        StreamClient erin = streams.connect(ERIN, "user");
        long id = streams.announcements.announce(village, new Uris(village.baseUrl()), "**Spring** tide", false, null, null);
        assertEquals("<p><strong>Spring</strong> tide</p>", bob.next("[\"user\"]", "announcement").get("content").asText());
        streams.announcements.react(BOB, village.id(), id, "🦆");
        assertEquals("{\"name\":\"🦆\",\"count\":1,\"announcement_id\":\"%d\"}".formatted(id), bob.next("[\"user\"]", "announcement.reaction").toString());
        streams.announcements.unreact(BOB, village.id(), id, "🦆");
        assertEquals(0, bob.next("[\"user\"]", "announcement.reaction").get("count").asInt());
        streams.announcements.withdraw(id);
        assertEquals(id, bob.next("[\"user\"]", "announcement.delete").asLong());
        assertEquals(id, erin.next("[\"user\"]", "announcement.delete").asLong(), "the first thing heard on the hamlet");
    }

    @Test
    void streamThatWasLeftIsQuiet() {
        StreamClient dora = streams.connect(DORA, "user", "public");
        dora.say("{\"type\":\"unsubscribe\",\"stream\":\"public\"}");
        dora.settle();
        post(BOB, "Not at home here");
        assertNext(dora, "[\"user\"]", "update", post(DORA, "At home"));
    }
}
