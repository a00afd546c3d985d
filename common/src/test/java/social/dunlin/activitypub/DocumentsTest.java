package social.dunlin.activitypub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import social.dunlin.status.Visibility;
import social.dunlin.testing.GoldenFile;

class DocumentsTest {
    private static final Uris URIS = new Uris("https://dunlin.example");
    private static final Instant PUBLISHED = Instant.parse("2026-11-21T09:30:15.987Z");
    private static final String ALICE = URIS.actor("alice");
    private static final String BOB = "https://remote.example/users/bob";

    private static ActorView alice(boolean suspended) {
        return new ActorView(URIS, "handles.example", "alice", "Person", "Alice :blob:", "<p>Hello</p>",
                "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n", "z6MkAlice",
                new ApImage("https://dunlin.example/media/avatar.png", "image/png", "a bird", "LEHV6n"),
                new ApImage("https://dunlin.example/media/header.jpg", "image/jpeg", null, null),
                List.of(new ApField("Web", "<a href=\"https://alice.example\" rel=\"me\">alice.example</a>")), List.of(blob()),
                List.of("https://old.example/users/alice"), null, true, true, false, suspended, false, List.of("alice.example"),
                Instant.parse("2026-01-02T00:00:00Z"));
    }

    private static ApTag blob() {
        return new ApTag.Emoji("https://dunlin.example/emojis/7", "blob", "https://dunlin.example/media/blob.png", "image/png", PUBLISHED);
    }

    private static NoteView plain() {
        return new NoteView(URIS.status("alice", 1), URIS.statusPage("alice", 1), ALICE,
                Audience.of(Visibility.PUBLIC, URIS.followers("alice"), List.of()), null, "<p>Hello</p>", null, false, PUBLISHED, null,
                null, null, null, List.of(), List.of(), null, null, null, null, null);
    }

    private static NoteView full() {
        return new NoteView(URIS.status("alice", 2), URIS.statusPage("alice", 2), ALICE,
                Audience.of(Visibility.UNLISTED, URIS.followers("alice"), List.of(BOB)), "birds", "<p>Look :blob:</p>", "en", true, PUBLISHED,
                PUBLISHED.plusSeconds(60), "https://remote.example/notes/1", "tag:remote.example,2026:1", "https://remote.example/contexts/1",
                List.of(new ApAttachment("Document", false, "https://dunlin.example/media/1.mp4", "video/mp4", "a dunlin", 640, 480, "LEHV6n",
                        0.5, -0.25, 12.5, "https://dunlin.example/media/1.jpg")),
                List.of(new ApTag.Mention(BOB, "@bob@remote.example"), new ApTag.Hashtag(URIS.tag("vögel"), "Vögel"), blob()), null,
                new ApQuote("https://remote.example/notes/9", ApQuote.Form.QUOTE, "https://remote.example/stamps/9"),
                new NoteView.QuotePolicy(List.of(ActivityStreams.PUBLIC), List.of()), 3L, 4L);
    }

    private static NoteView question() {
        return new NoteView(URIS.status("alice", 3), URIS.statusPage("alice", 3), ALICE,
                Audience.of(Visibility.DIRECT, URIS.followers("alice"), List.of(BOB)), null, "<p>Which?</p>", "en", false, PUBLISHED, null,
                null, null, null, List.of(), List.of(new ApTag.Mention(BOB, "@bob@remote.example")),
                new ApPoll(true, List.of(new ApPoll.Option("A", 2L), new ApPoll.Option("B", null)), PUBLISHED.plusSeconds(3600), false, 2L),
                null, null, null, null);
    }

    private static String text(JsonNode json) throws Exception {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"))
                .withArrayIndenter(new DefaultIndenter("  ", "\n"));
        return new ObjectMapper().writer(printer).writeValueAsString(json) + "\n";
    }

    private static ApObject read(JsonNode json) throws Exception {
        return ActivityJson.parse(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void actorsArePinned() throws Exception {
        GoldenFile.check(Path.of("activitypub", "actor.json"), text(ActorDocument.of(alice(false))));
        GoldenFile.check(Path.of("activitypub", "actor-suspended.json"), text(ActorDocument.of(alice(true))));
        GoldenFile.check(Path.of("activitypub", "instance-actor.json"), text(InstanceActorDocument.of(URIS, "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n")));
    }

    @Test
    void postsArePinned() throws Exception {
        GoldenFile.check(Path.of("activitypub", "note.json"), text(NoteDocument.of(plain())));
        GoldenFile.check(Path.of("activitypub", "note-full.json"), text(NoteDocument.of(full())));
        GoldenFile.check(Path.of("activitypub", "question.json"), text(NoteDocument.of(question())));
        GoldenFile.check(Path.of("activitypub", "tombstone.json"), text(TombstoneDocument.of(URIS.status("alice", 1), "Note", PUBLISHED)));
    }

    @Test
    void activitiesArePinned() throws Exception {
        Audience audience = Audience.of(Visibility.PUBLIC, URIS.followers("alice"), List.of(BOB));
        ObjectNode follow = Activities.follow(URIS.follow("alice", 5), ALICE, BOB);
        ObjectNode incoming = Activities.follow("https://remote.example/follows/1", BOB, ALICE);
        ObjectNode announce = Activities.announce(URIS.statusActivity("alice", 6), ALICE, "https://remote.example/notes/1", audience, PUBLISHED);
        GoldenFile.check(Path.of("activitypub", "create.json"), text(Activities.create(plain())));
        GoldenFile.check(Path.of("activitypub", "update.json"), text(Activities.update(URIS.statusUpdate("alice", 2, PUBLISHED), full(), PUBLISHED)));
        GoldenFile.check(Path.of("activitypub", "update-actor.json"), text(Activities.updateActor(URIS.actorUpdate("alice", PUBLISHED), alice(false), PUBLISHED)));
        GoldenFile.check(Path.of("activitypub", "delete.json"), text(Activities.delete(URIS.statusDelete("alice", 1), ALICE, URIS.status("alice", 1), audience)));
        GoldenFile.check(Path.of("activitypub", "delete-actor.json"), text(Activities.deleteActor(URIS.actorDelete("alice"), ALICE)));
        GoldenFile.check(Path.of("activitypub", "follow.json"), text(follow));
        GoldenFile.check(Path.of("activitypub", "accept.json"), text(Activities.accept(URIS.acceptFollow("alice", 7), ALICE, incoming)));
        GoldenFile.check(Path.of("activitypub", "reject.json"), text(Activities.reject(URIS.rejectFollow("alice", 7), ALICE, incoming)));
        GoldenFile.check(Path.of("activitypub", "undo-follow.json"), text(Activities.undo(Uris.undo(URIS.follow("alice", 5)), ALICE, follow)));
        GoldenFile.check(Path.of("activitypub", "like.json"), text(Activities.like(URIS.like("alice", 8), ALICE, "https://remote.example/notes/1")));
        ObjectNode react = Activities.emojiReact(URIS.reaction("alice", 10), ALICE, "https://remote.example/notes/1", "blob", "https://example.com/blob.png");
        GoldenFile.check(Path.of("activitypub", "emoji-react.json"), text(react));
        GoldenFile.check(Path.of("activitypub", "undo-emoji-react.json"), text(Activities.undo(Uris.undo(URIS.reaction("alice", 10)), ALICE, react)));
        GoldenFile.check(Path.of("activitypub", "announce.json"), text(announce));
        GoldenFile.check(Path.of("activitypub", "undo-announce.json"), text(Activities.undo(Uris.undo(URIS.statusActivity("alice", 6)), ALICE, announce)));
        GoldenFile.check(Path.of("activitypub", "block.json"), text(Activities.block(URIS.block("alice", 9), ALICE, BOB)));
    }

    @Test
    void collectionsArePinned() throws Exception {
        String followers = URIS.followers("alice");
        GoldenFile.check(Path.of("activitypub", "collection.json"), text(OrderedCollectionDocument.paged(followers, 42, followers + "?page=1")));
        GoldenFile.check(Path.of("activitypub", "collection-hidden.json"), text(OrderedCollectionDocument.paged(followers, 42, null)));
        GoldenFile.check(Path.of("activitypub", "collection-page.json"), text(OrderedCollectionDocument.page(followers + "?page=2", followers, followers + "?page=3",
                followers + "?page=1", List.of(TextNode.valueOf(BOB)))));
        GoldenFile.check(Path.of("activitypub", "collection-featured.json"), text(OrderedCollectionDocument.whole(URIS.featured("alice"), List.of(NoteDocument.embedded(plain())))));
    }

    @Test
    void writtenActorReadsBackAsItWas() throws Exception {
        ApActor actor = (ApActor) Vocabulary.read(read(ActorDocument.of(alice(false))));
        assertEquals("alice@handles.example", actor.webfinger());
        assertEquals("https://dunlin.example/inbox", actor.sharedInbox());
        assertEquals(List.of(new ApPublicKey(ALICE + "#main-key", ALICE, alice(false).publicKeyPem())), actor.publicKeys());
        assertEquals(List.of(new ApMultikey(ALICE + "#ed25519-key", ALICE, "z6MkAlice")), actor.assertionMethods());
        assertEquals(alice(false).fields(), actor.fields());
        assertEquals(alice(false).icon(), actor.icon());
    }

    @Test
    void writtenPostReadsBackAsItWas() throws Exception {
        ApNote note = (ApNote) Vocabulary.read(read(NoteDocument.of(full())));
        assertEquals(full().attachments(), note.attachments());
        assertEquals(full().quote(), note.quote());
        assertEquals("en", note.language());
        assertEquals(4, note.tags().size());
        assertEquals(Visibility.UNLISTED, Addressing.visibility(note, null, URIS.followers("alice")));
        ApNote question = (ApNote) Vocabulary.read(read(NoteDocument.of(question())));
        assertEquals(List.of(new ApPoll.Option("A", 2L), new ApPoll.Option("B", 0L)), question.poll().options());
        assertFalse(question.poll().closed());
    }

    @Test
    void suspendedActorShowsNothingOfThePerson() {
        String json = ActorDocument.of(alice(true)).toString();
        assertFalse(json.contains("Hello") || json.contains("Alice") && json.contains("blob") || json.contains("avatar"), json);
        assertTrue(json.contains("\"suspended\":true"), json);
    }

    @ParameterizedTest
    @EnumSource(value = Visibility.class, names = {"LOCAL", "LOCAL_UNLISTED"})
    void localPostHasNoAudienceElsewhere(Visibility visibility) {
        assertThrows(IllegalArgumentException.class, () -> Audience.of(visibility, URIS.followers("alice"), List.of(BOB)));
        assertFalse(visibility.federates());
    }

    @ParameterizedTest
    @EnumSource(value = Visibility.class, names = {"PUBLIC", "UNLISTED", "PRIVATE", "DIRECT"})
    void audienceReadsBackAsItsVisibility(Visibility visibility) {
        Audience audience = Audience.of(visibility, URIS.followers("alice"), List.of(BOB));
        assertEquals(visibility, Addressing.visibility(audience.to(), audience.cc(), URIS.followers("alice")));
    }

    @Test
    void visibilityNamesGoBothWays() {
        for (Visibility visibility : Visibility.values()) {
            assertEquals(visibility, Visibility.ofApiName(visibility.apiName()).orElseThrow());
        }
        assertTrue(Visibility.ofApiName("limited").isEmpty());
    }

    @Test
    void addressesKeepTheirForms() {
        assertEquals("https://dunlin.example/users/alice/statuses/7", URIS.status("alice", 7));
        assertEquals("https://dunlin.example/@alice/7", URIS.statusPage("alice", 7));
        assertEquals("https://dunlin.example/users/alice/collections/featured", URIS.featured("alice"));
        assertEquals("https://dunlin.example/tags/v%C3%B6gel", URIS.tag("vögel"));
        assertEquals("localhost:8080", new Uris("http://localhost:8080").host());
        assertThrows(IllegalArgumentException.class, () -> new Uris("https://dunlin.example/"));
        assertThrows(IllegalArgumentException.class, () -> new Uris("dunlin.example"));
    }
}
