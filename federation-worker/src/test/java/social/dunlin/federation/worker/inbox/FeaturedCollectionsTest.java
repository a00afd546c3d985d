package social.dunlin.federation.worker.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static social.dunlin.federation.worker.inbox.InboxWorld.ALICE;
import static social.dunlin.federation.worker.inbox.InboxWorld.activity;
import static social.dunlin.federation.worker.inbox.InboxWorld.quoted;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Account;
import social.dunlin.activitypub.FeatureDocuments;
import social.dunlin.collection.AccountCollection;
import social.dunlin.collection.CollectionItem;
import social.dunlin.collection.CollectionService;
import social.dunlin.collection.CollectionServices;
import social.dunlin.database.Database;
import social.dunlin.federation.worker.collection.CollectionFetchHandler;
import social.dunlin.federation.worker.inbox.InboxMetrics.Outcome;
import social.dunlin.notification.NotificationType;
import social.dunlin.paging.Page;
import social.dunlin.queue.JobFailure;
import social.dunlin.queue.JobRun;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;
import social.dunlin.visibility.Viewer;

/** Collections that people elsewhere make, and people here asked to stand in them (FEP-7aa9). */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeaturedCollectionsTest {
    private InboxWorld inbox;
    private Database database;
    private CollectionService collections;
    private int number;

    @BeforeAll
    void begin(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        inbox = new InboxWorld(database, vertx, options);
        collections = CollectionServices.of(inbox.federation.posts);
    }

    @AfterAll
    void end() {
        inbox.close();
    }

    @BeforeEach
    void empty() {
        database.execute("delete from collection");
        database.execute("delete from outgoing_activity");
        database.execute("delete from job");
        database.execute("update account set discoverable = true");
    }

    private record Collected(Account maker, String uri) {
    }

    private Account somebody() {
        return inbox.actor("far", "somebody" + ++number);
    }

    /** A served collection. @param members accounts with the addresses of their consent, which may be null */
    private Collected served(Account maker, Map<String, String> members) {
        Collected made = new Collected(maker, maker.uri() + "/collections/" + ++number);
        serve(made, members);
        return made;
    }

    private void serve(Collected collected, Map<String, String> members) {
        inbox.federation.fediverse.serve(collected.uri, document(collected, members));
    }

    private static String document(Collected collected, Map<String, String> members) {
        return """
            {"@context": "https://www.w3.org/ns/activitystreams", "id": "%1$s", "type": "FeaturedCollection", "attributedTo": "%2$s", "name": "Birders",
             "summaryMap": {"de": "Von der <b>Küste</b><script>x</script>"}, "sensitive": false, "discoverable": true, "url": "%1$s.html",
             "topic": {"type": "Hashtag", "name": "#Waders"}, "totalItems": 1, "orderedItems": [%3$s]}""".formatted(collected.uri, collected.maker.uri(),
            members.entrySet().stream().map(member -> """
                {"type": "FeaturedItem", "id": "%1$s/items/%2$d", "featuredObject": "%3$s", "featuredObjectType": "Person"%4$s}""".formatted(collected.uri,
                Math.abs(member.getKey().hashCode()), member.getKey(), member.getValue().isEmpty() ? "" : ", \"featureAuthorization\": \"" + member.getValue() + "\""))
                .collect(Collectors.joining(", ")));
    }

    /** The address of a consent that the member's server gives. */
    private String consent(Account member, String collection) {
        String uri = member.uri() + "/consents/" + ++number;
        inbox.federation.fediverse.serve(uri, FeatureDocuments.authorization(uri, member.uri(), collection).toString());
        return uri;
    }

    private Outcome add(Account sender, Collected collected) {
        return inbox.receive(sender.uri(), activity(sender.uri(), "Add", document(collected, Map.of()), ", \"target\": \"" + sender.uri() + "/collections\"")).outcome();
    }

    /** Does the jobs that wait. */
    private void fetch() {
        CollectionFetchHandler handler = new CollectionFetchHandler(inbox.fetched);
        List<String> uris = database.list("delete from job where kind = 'collection_fetch' returning payload", row -> row.getString("payload"));
        uris.forEach(uri -> handler.handle(new JobRun(1, handler.kind(), uri, 1, "")));
    }

    private List<AccountCollection> of(Account maker) {
        return collections.of(Viewer.anonymous(), maker.id(), 40, 0);
    }

    private List<Long> members(Account maker) {
        return collections.items(of(maker), Viewer.anonymous()).stream().map(CollectionItem::accountId).toList();
    }

    @Test
    void collectionOfWhomSomebodyFollowsIsReadAtItsOriginWithWhoAgreed() {
        Account maker = inbox.followed(somebody());
        Account agreed = somebody();
        Account silent = somebody();
        Collected made = served(maker, Map.of());
        serve(made, Map.of(agreed.uri(), consent(agreed, made.uri), silent.uri(), "", ALICE, ""));
        assertEquals(Outcome.DONE, add(maker, made));
        fetch();
        AccountCollection stored = of(maker).getFirst();
        assertEquals("Birders|Von der <b>Küste</b>|de|Waders|" + made.uri + "|" + made.uri + ".html|false",
            Stream.of(stored.name(), stored.description(), stored.language(), stored.tag(), stored.uri(), stored.url(), stored.local()).map(Object::toString)
                .collect(Collectors.joining("|")));
        assertEquals(List.of(agreed.id()), members(maker), "neither who says nothing nor somebody here who was not asked");
    }

    @Test
    void consentCountsFromTheMembersServerAloneAndForThisCollection() {
        Account maker = inbox.followed(somebody());
        Account victim = inbox.actor("other", "victim" + ++number);
        Collected made = served(maker, Map.of());
        String forged = maker.uri() + "/forged";
        inbox.federation.fediverse.serve(forged, FeatureDocuments.authorization(forged, victim.uri(), made.uri).toString());
        for (String claimed : List.of(forged, consent(victim, made.uri + "0"), victim.uri() + "/consents/none", victim.uri())) {
            serve(made, Map.of(victim.uri(), claimed));
            add(maker, made);
            fetch();
            assertEquals(List.of(), members(maker), claimed);
        }
    }

    @Test
    void strangersAndOthersCollectionsAreNotKept() {
        Account stranger = somebody();
        Account maker = inbox.followed(somebody());
        Collected others = served(somebody(), Map.of());
        assertEquals(Outcome.IGNORED, add(stranger, served(stranger, Map.of())));
        add(maker, new Collected(maker, others.uri));
        Collected elsewhere = new Collected(maker, inbox.actor("other", "elsewhere" + ++number).uri() + "/collections/1");
        assertEquals(Outcome.IGNORED, add(maker, elsewhere));
        fetch();
        assertEquals(List.of(), of(maker));
        assertEquals(List.of(), of(stranger));
    }

    @Test
    void changesComeAndGo() {
        Account maker = inbox.followed(somebody());
        Account one = somebody();
        Account two = somebody();
        Collected made = served(maker, Map.of());
        String consent = consent(one, made.uri);
        serve(made, Map.of(one.uri(), consent, two.uri(), consent(two, made.uri)));
        add(maker, made);
        fetch();
        assertEquals(2, members(maker).size());
        serve(made, Map.of(one.uri(), consent));
        inbox.receive(maker.uri(), activity(maker.uri(), "Update", document(made, Map.of())));
        fetch();
        assertEquals(List.of(one.id()), members(maker));
        inbox.receive(two.uri(), activity(two.uri(), "Delete", quoted(consent)));
        assertEquals(List.of(one.id()), members(maker), "another's consent");
        inbox.receive(one.uri(), activity(one.uri(), "Delete", quoted(consent)));
        assertEquals(List.of(), members(maker));
        inbox.receive(one.uri(), activity(one.uri(), "Remove", quoted(made.uri), ", \"target\": \"" + one.uri() + "/collections\""));
        inbox.receive(one.uri(), activity(one.uri(), "Delete", quoted(made.uri)));
        assertEquals(1, of(maker).size(), "it is not theirs");
        inbox.receive(maker.uri(), activity(maker.uri(), "Remove", quoted(made.uri), ", \"target\": \"" + maker.uri() + "/collections\""));
        assertEquals(List.of(), of(maker));
    }

    private void ask(Account maker, String member, String collection) {
        inbox.receive(maker.uri(), activity(maker.uri(), "FeatureRequest", quoted(member), ", \"instrument\": \"" + collection + "\""));
    }

    private JsonNode answer() throws JsonProcessingException {
        String body = database.first("select body from outgoing_activity order by id desc limit 1", row -> row.getString("body")).orElseThrow();
        return new ObjectMapper().readTree(body);
    }

    @Test
    void whoLetsThemselfBeDiscoveredAgreesAndMayLeaveForGood() throws JsonProcessingException {
        Account maker = somebody();
        Collected made = served(maker, Map.of());
        ask(maker, ALICE, made.uri);
        long item = collections.items(of(maker), Viewer.anonymous()).getFirst().id();
        assertEquals("Accept " + ALICE + "/feature_authorizations/" + item, answer().get("type").asText() + " " + answer().get("result").asText());
        assertEquals(made.uri, answer().at("/object/instrument").asText());
        assertEquals(List.of(Village.ALICE), members(maker));
        assertEquals(List.of(of(maker).getFirst().id()), collections.containing(Village.ALICE, 40, 0).stream().map(AccountCollection::id).toList());
        ask(maker, ALICE, made.uri);
        assertEquals(1, inbox.federation.posts.notifications.list(Village.ALICE, Page.first(40), List.of(NotificationType.ADDED_TO_COLLECTION), List.of(), null).size());

        serve(made, Map.of(ALICE, ALICE + "/feature_authorizations/" + item));
        fetch();
        assertEquals(List.of(Village.ALICE), members(maker));
        collections.revoke(Village.ALICE, of(maker).getFirst().id(), item);
        assertEquals("Delete " + ALICE + "/feature_authorizations/" + item, answer().get("type").asText() + " " + answer().get("object").asText());
        assertEquals(List.of(), members(maker));
        ask(maker, ALICE, made.uri);
        assertEquals("Reject", answer().get("type").asText());
        add(inbox.followed(maker), made);
        fetch();
        assertEquals(List.of(), members(maker), "whatever it lists");
    }

    @Test
    void makerTakesSomebodyHereOut() {
        Account maker = somebody();
        Collected made = served(maker, Map.of());
        ask(maker, ALICE, made.uri);
        serve(made, Map.of(ALICE, ""));
        fetch();
        String item = made.uri + "/items/" + Math.abs(ALICE.hashCode());
        inbox.receive(maker.uri(), activity(maker.uri(), "Remove", quoted(item), ", \"target\": \"" + made.uri + "\""));
        assertEquals(List.of(), members(maker));
        assertEquals(List.of(), inbox.federation.posts.notifications.list(Village.ALICE, Page.first(40), List.of(NotificationType.ADDED_TO_COLLECTION), List.of(), maker.id()));
    }

    @Test
    void whoHidesOrBlocksRefuses() throws JsonProcessingException {
        Account maker = somebody();
        Collected made = served(maker, Map.of());
        database.execute("update account set discoverable = false where id = $1", Village.ALICE);
        ask(maker, ALICE, made.uri);
        assertEquals("Reject", answer().get("type").asText());
        database.execute("update account set discoverable = true where id = $1", Village.ALICE);
        database.execute("insert into account_domain_block (account_id, host) values ($1, $2)", Village.ALICE, maker.host());
        ask(maker, ALICE, made.uri);
        assertEquals("Reject", answer().get("type").asText());
        database.execute("delete from account_domain_block where account_id = $1", Village.ALICE);
        assertEquals(List.of(), members(maker));
    }

    @Test
    void requestsForOthersCollectionsAndForNobodyGetNoAnswer() {
        Account maker = somebody();
        Collected others = served(somebody(), Map.of());
        ask(maker, ALICE, others.uri);
        ask(maker, maker.uri(), served(maker, Map.of()).uri);
        ask(maker, "https://village.example/users/nobody", served(maker, Map.of()).uri);
        ask(maker, ALICE, inbox.actor("other", "elsewhere" + ++number).uri());
        assertThrows(JobFailure.class, () -> ask(maker, ALICE, maker.uri() + "/collections/none"));
        assertEquals(0, inbox.count("outgoing_activity", "true"));
    }
}
