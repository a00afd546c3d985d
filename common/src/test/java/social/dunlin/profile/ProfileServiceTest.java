package social.dunlin.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.pgclient.PgConnectOptions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Account;
import social.dunlin.account.AccountSettingStore;
import social.dunlin.account.AccountStore;
import social.dunlin.account.ProfileField;
import social.dunlin.account.ProfileFields;
import social.dunlin.database.Database;
import social.dunlin.domain.DomainStore;
import social.dunlin.domain.Domains;
import social.dunlin.event.EventBus;
import social.dunlin.profile.ProfileChange.AppearanceChange;
import social.dunlin.profile.ProfileChange.FieldChange;
import social.dunlin.profile.ProfileChange.SettingsChange;
import social.dunlin.queue.Jobs;
import social.dunlin.refusal.Refusal;
import social.dunlin.relationship.FollowOptions;
import social.dunlin.relationship.Neighbours;
import social.dunlin.relationship.RelationshipService;
import social.dunlin.relationship.RelationshipServices;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.RecordingOutbox;

@ExtendWith(DatabaseExtension.class)
class ProfileServiceTest {
    private static int number;

    private Neighbours neighbours;
    private RecordingOutbox outbox;
    private RelationshipService relationships;
    private AccountSettingStore settings;
    private ProfileService profiles;
    private Database database;
    private Account alice;

    @BeforeEach
    void people(Database given) {
        database = given;
        neighbours = new Neighbours(database);
        outbox = new RecordingOutbox(neighbours::nameOf);
        relationships = RelationshipServices.of(database, outbox);
        settings = new AccountSettingStore(database);
        profiles = new ProfileService(database, new AccountStore(database), settings, new ProfileStore(database),
            new Domains(new DomainStore(database)), relationships,
            new ProfileLinks(Jobs.of(database, EventBus.of(database, null, new PgConnectOptions(), true))), outbox);
        alice = neighbours.account(neighbours.person("alice" + ++number));
    }

    private static ProfileChange change(String displayName, String note, Boolean locked, Boolean bot, List<FieldChange> fields, SettingsChange settings) {
        return new ProfileChange(displayName, note, locked, bot, null, null, null, fields, null, AppearanceChange.NONE, settings);
    }

    private static ProfileChange note(String note) {
        return change(null, note, null, null, null, SettingsChange.NONE);
    }

    private static ProfileChange fields(FieldChange... fields) {
        return change(null, null, null, null, List.of(fields), SettingsChange.NONE);
    }

    private String refusalOf(ProfileChange change) {
        Refusal refusal = assertThrows(Refusal.class, () -> profiles.update(alice, change));
        assertEquals(422, refusal.status());
        return refusal.getMessage();
    }

    @Test
    void noteIsPlainTextInTheSourceAndSafeHtmlOutside() {
        Account changed = profiles.update(alice, note("I <b>walk</b>\nby the #Sea :wave:"));
        assertEquals("I <b>walk</b>\nby the #Sea :wave:", changed.noteSource());
        assertTrue(changed.note().startsWith("<p>I &lt;b&gt;walk&lt;/b&gt;<br />by the <a href=\"https://home.example/tags/Sea\""), changed.note());
        assertEquals(List.of("wave"), changed.emojis());
        assertEquals(List.of("accountChanged " + neighbours.nameOf(alice.id())), outbox.taken());
    }

    @Test
    void mentionsOfKnownPeopleBecomeLinksAndOthersStayText() {
        neighbours.person("rosa%d@far.example".formatted(number));
        Account changed = profiles.update(alice, note("With @rosa%d@far.example and @nobody@far.example".formatted(number)));
        assertTrue(changed.note().contains("href=\"https://far.example/@rosa%d\"".formatted(number)), changed.note());
        assertTrue(changed.note().contains("and @nobody@far.example"), changed.note());
    }

    @Test
    void whatIsNotSentStays() {
        alice = profiles.update(alice, change("Alice", "A note", true, true, List.of(new FieldChange("Home", "Sea")), SettingsChange.NONE));
        Account changed = profiles.update(alice, change("Alicia", null, null, null, null, SettingsChange.NONE));
        assertEquals("Alicia", changed.displayName());
        assertEquals("A note", changed.noteSource());
        assertTrue(changed.locked());
        assertEquals("Service", changed.actorType());
        assertEquals("Home", ProfileFields.read(changed.fields()).getFirst().name());
    }

    @Test
    void fieldsAreReplacedAndEmptyOnesDropped() {
        alice = profiles.update(alice, fields(new FieldChange("Web", "https://alice.example"), new FieldChange("", " ")));
        List<ProfileField> shown = ProfileFields.read(alice.fields());
        assertEquals(1, shown.size());
        assertEquals("https://alice.example", shown.getFirst().source());
        assertTrue(shown.getFirst().value().contains("rel=\"nofollow noopener me\""), shown.getFirst().value());
        assertEquals(List.of(), ProfileFields.read(profiles.update(alice, fields()).fields()));
    }

    @Test
    void verifiedLinkStaysVerifiedUntilItsValueChanges() {
        Instant verified = Instant.parse("2026-01-02T03:04:05.678Z");
        database.execute("update account set fields = ($2::text)::jsonb where id = $1", alice.id(),
            ProfileFields.write(List.of(new ProfileField("Web", "…", "https://alice.example", verified))));
        alice = neighbours.account(alice.id());
        alice = profiles.update(alice, fields(new FieldChange("Site", "https://alice.example")));
        assertEquals(verified, ProfileFields.read(alice.fields()).getFirst().verifiedAt());
        alice = profiles.update(alice, fields(new FieldChange("Site", "https://other.example")));
        assertNull(ProfileFields.read(alice.fields()).getFirst().verifiedAt());
    }

    @Test
    void linksToBeVerifiedLeaveOneJob() {
        profiles.update(alice, fields(new FieldChange("Web", "http://alice.example"), new FieldChange("Text", "see https://alice.example")));
        assertEquals(0, linkJobs());
        profiles.update(alice, fields(new FieldChange("Web", "https://alice.example")));
        profiles.update(alice, fields(new FieldChange("Web", "https://alice.example/other")));
        assertEquals(1, linkJobs());
    }

    private int linkJobs() {
        return database.first("select count(*)::int as jobs from job where kind = 'profile-links' and payload = $1",
            row -> row.getInteger("jobs"), Long.toString(alice.id())).orElseThrow();
    }

    @Test
    void tooLongAndTooManyAreRefusedAndNothingChanges() {
        assertEquals("Validation failed: Display name is too long (maximum is 30 characters)",
            refusalOf(change("x".repeat(31), null, null, null, null, SettingsChange.NONE)));
        assertEquals("Validation failed: Note is too long (maximum is 500 characters)", refusalOf(note("x".repeat(501))));
        FieldChange field = new FieldChange("a", "b");
        assertEquals("Validation failed: Fields are too many (maximum is 4)", refusalOf(fields(field, field, field, field, field)));
        assertEquals("Validation failed: Field value is too long (maximum is 255 characters)", refusalOf(fields(new FieldChange("a", "b".repeat(256)))));
        assertEquals("Validation failed: Fields contain values with missing labels", refusalOf(fields(new FieldChange("", "b"))));
        assertEquals(List.of(), outbox.taken());
    }

    @Test
    void settingsChangeWithoutTellingFollowers() {
        profiles.update(alice, change(null, null, null, null, null, new SettingsChange("private", true, "de", "nobody", "text/markdown")));
        assertEquals("private", settings.of(alice.id()).defaultVisibility());
        assertTrue(settings.of(alice.id()).defaultSensitive());
        assertEquals("de", settings.of(alice.id()).defaultLanguage());
        assertEquals("nobody", settings.of(alice.id()).defaultQuotePolicy());
        assertEquals(List.of(), outbox.taken());

        profiles.update(alice, change(null, null, null, null, null, new SettingsChange(null, null, "", null, null)));
        assertNull(settings.of(alice.id()).defaultLanguage());
        assertEquals("private", settings.of(alice.id()).defaultVisibility());
    }

    @Test
    void unknownPrivacyIsRefused() {
        refusalOf(change(null, null, null, null, null, new SettingsChange("everybody", null, null, null, null)));
        refusalOf(change(null, null, null, null, null, new SettingsChange(null, null, null, "everybody", null)));
    }

    @Test
    void unlockingTakesThoseWhoWait() {
        neighbours.change(alice.id(), "locked = true");
        alice = neighbours.account(alice.id());
        long bob = neighbours.person("bob" + number);
        relationships.follow(bob, alice.id(), FollowOptions.UNCHANGED);
        profiles.update(alice, change("Alice", null, null, null, null, SettingsChange.NONE));
        assertFalse(relationships.relationships(bob, List.of(alice.id()), false).getFirst().following());
        profiles.update(alice, change(null, null, false, null, null, SettingsChange.NONE));
        assertTrue(relationships.relationships(bob, List.of(alice.id()), false).getFirst().following());
    }

    @Test
    void communityIsNoBot() {
        neighbours.change(alice.id(), "actor_type = 'Group'");
        alice = neighbours.account(alice.id());
        assertEquals("Group", profiles.update(alice, change(null, null, null, true, null, SettingsChange.NONE)).actorType());
    }
}
