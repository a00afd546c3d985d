package social.dunlin.api.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.EntityContract.assertComplete;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.AccountSettingStore;
import social.dunlin.account.AccountSettings;
import social.dunlin.account.AccountStore;
import social.dunlin.account.ProfileField;
import social.dunlin.account.ProfileFields;
import social.dunlin.database.Database;
import social.dunlin.emoji.CustomEmojiStore;
import social.dunlin.event.EventBus;
import social.dunlin.instance.InstanceDocuments;
import social.dunlin.instance.InstanceStore;
import social.dunlin.instance.InstanceTexts;
import social.dunlin.instance.InstanceUsage;
import social.dunlin.media.MediaAbilities;
import social.dunlin.media.MediaLimits;
import social.dunlin.media.MediaUrls;
import social.dunlin.media.proxy.MediaAddresses;
import social.dunlin.media.proxy.ProxiedMedia;
import social.dunlin.profile.ProfileStore;
import social.dunlin.relationship.Relationship;
import social.dunlin.push.VapidKeys;
import social.dunlin.search.TagHistory;
import social.dunlin.status.StatusLimits;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.GoldenFile;
import social.dunlin.testing.TestConfiguration;
import social.dunlin.testing.Village;

/** The exact JSON of accounts, relationships and the instance; every field of the reference is looked for. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountEntitiesTest {
    private static final String VAPID_PUBLIC_KEY =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8/6g31QyxYXiRGMILdY8ntMDvYv2UNXdtWFoVrYDdgGKZgdQzZiiBuz4Bxn0c8hNSZMweL+P4dlT8aicusm37Q==";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Database database;
    private Village village;
    private AccountRenderer accounts;
    private CustomEmojiRenderer emojis;

    @BeforeAll
    void settle(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        village = Village.settle(database);
        AccountStore store = new AccountStore(database);
        MediaAddresses addresses = ProxiedMedia.addresses(database, EventBus.of(database, vertx, options, true), village.domains());
        emojis = new CustomEmojiRenderer(addresses, village.domains()::defaultDomain);
        accounts = new AccountRenderer(store, new CustomEmojiStore(database), emojis, addresses, village.domains(),
            new MediaUrls(village.domains(), TestConfiguration.defaults()), village.domains()::defaultDomain);
        database.execute("""
            insert into custom_emoji (host, shortcode, url, static_url, category) values
              ('', 'wave', 'https://village.example/e/wave.gif', 'https://village.example/e/wave.png', 'Hands'),
              ('far.example', 'wave', 'https://far.example/e/wave.gif', 'https://far.example/e/wave.png', null)""");
        database.execute("""
            update account set display_name = 'Alice :wave:', note = '<p>I <i>walk</i></p>', note_source = 'I *walk*', emojis = '{wave}',
              discoverable = true, indexable = true, fields = ($2::text)::jsonb
            where id = $1""", Village.ALICE, ProfileFields.write(List.of(
                new ProfileField("Web", "<a href=\"https://alice.example\">alice.example</a>", "https://alice.example", Instant.parse("2026-02-03T04:05:06.007Z")),
                new ProfileField("Pronouns", "she", "she", null))));
        database.execute("""
            update account_counter set statuses_count = 12, followers_count = 3, following_count = 2, last_status_at = '2026-03-04T23:59:00Z'
            where account_id = $1""", Village.ALICE);
        database.execute("""
            update account set display_name = 'Frida :wave:', emojis = '{wave,unknown}', moved_to_id = $2,
              avatar_remote_url = 'https://far.example/a.png', header_remote_url = 'https://far.example/h.png'
            where id = $1""", Village.FRIDA, Village.GUSTAV);
        database.execute("update account set suspended_at = now(), note = 'gone', avatar_remote_url = 'https://other.example/a.png' where id = $1", Village.HEDY);
        database.execute("update account set silenced_at = now(), memorial = true where id = $1", Village.IVAN);
    }

    @Test
    void localAccount() {
        check("account-local", accounts.render(village.account(Village.ALICE)));
    }

    @Test
    void movedRemoteAccountNamesWhereToAndUsesItsOwnServersEmoji() {
        check("account-moved", accounts.render(village.account(Village.FRIDA)));
    }

    @Test
    void suspendedAccountIsBlank() {
        JsonNode json = check("account-suspended", accounts.render(village.account(Village.HEDY)));
        assertTrue(json.get("suspended").asBoolean());
        assertEquals("", json.get("note").asText());
        assertEquals("https://village.example/avatars/original/missing.png", json.get("avatar").asText());
    }

    @Test
    void limitedAndMemorialAreSaidOnlyWhenTrue() {
        JsonNode json = JSON.valueToTree(accounts.render(village.account(Village.IVAN)));
        assertTrue(json.get("limited").asBoolean());
        assertTrue(json.get("memorial").asBoolean());
        JsonNode other = JSON.valueToTree(accounts.render(village.account(Village.BOB)));
        assertTrue(other.path("limited").isMissingNode() && other.path("memorial").isMissingNode() && other.path("suspended").isMissingNode());
    }

    @Test
    void namesakeOnAnotherOfOurDomainsIsShownWithItsDomain() {
        assertEquals("alice", accounts.render(village.account(Village.ALICE)).acct());
        assertEquals("alice@hamlet.example", accounts.render(village.account(Village.HAMLET_ALICE)).acct());
    }

    @Test
    void aPageOfAnySizeCostsTheSameStatements() {
        long before = database.statementCount();
        accounts.renderList(List.of(village.account(Village.FRIDA), village.account(Village.ALICE)));
        long small = database.statementCount() - before;
        before = database.statementCount();
        accounts.renderList(List.of(village.account(Village.FRIDA), village.account(Village.ALICE), village.account(Village.BOB),
            village.account(Village.GUSTAV), village.account(Village.ERIN), village.account(Village.CAROL)));
        assertEquals(small - 2, database.statementCount() - before - 6, "apart from reading the accounts themselves");
    }

    @Test
    void ownAccountHasSourceAndRole() {
        CredentialAccountRenderer renderer = new CredentialAccountRenderer(accounts, new AccountSettingStore(database), new ProfileStore(database));
        JsonNode json = check("account-credentials", renderer.render(village.account(Village.ALICE)));
        assertComplete("CredentialAccount", json, Set.of());
        JsonNode carol = JSON.valueToTree(renderer.render(village.account(Village.CAROL)));
        assertEquals(2, carol.at("/source/follow_requests_count").asInt());
    }

    @Test
    void mutedAccountHasTheEndOfTheMuteBesideTheAccount() {
        JsonNode json = JSON.valueToTree(new MutedAccountEntity(accounts.render(village.account(Village.BOB)), null));
        assertTrue(json.get("mute_expires_at").isNull());
        assertEquals("1002", json.get("id").asText());
    }

    @Test
    void relationship() {
        JsonNode json = check("relationship", RelationshipEntity.of(new Relationship(1002, true, true, false, List.of("de"), true, false, false,
            true, true, Instant.parse("2026-01-02T03:04:05Z"), false, false, false, true, "met at the fair")));
        assertComplete("Relationship", json, Set.of());
    }

    @Test
    void preferences() {
        assertComplete("Preferences", check("preferences", PreferencesEntity.of(AccountSettings.DEFAULTS)), Set.of());
    }

    @Test
    void emojiOfThePickerHasItsCategory() {
        JsonNode json = check("custom-emojis", emojis.renderForPicker(new CustomEmojiStore(database).ours()));
        assertComplete("CustomEmoji", json.get(0), Set.of("featured"));
    }

    @Test
    void hashtag() {
        TagEntity tag = new TagEntity("7", "Dunlins", "https://village.example/tags/Dunlins",
            List.of(TagEntity.Day.of(new TagHistory(LocalDate.of(2026, 1, 2), 3, 2))), true, false);
        assertComplete("Tag", check("tag", tag), Set.of());
    }

    @Test
    void instanceInBothVersions() {
        database.execute("insert into instance_rule (domain_id, text, hint) values ($1, 'Be kind', 'Really')", village.domains().defaultDomain().id());
        database.execute("insert into secret (name, value) values ('vapid-public', decode($1, 'base64'))", VAPID_PUBLIC_KEY);
        InstanceStore instance = new InstanceStore(database);
        InstanceRenderer renderer = new InstanceRenderer(instance, new InstanceUsage(instance),
            new InstanceTexts(TestConfiguration.defaults()), new InstanceDocuments(TestConfiguration.defaults()), new StatusLimits(TestConfiguration.defaults()), new MediaAbilities(database),
            new MediaLimits(TestConfiguration.defaults()), new VapidKeys(database),
            TestConfiguration.defaults(), "0.1.0");
        JsonNode second = check("instance-v2", renderer.render(village.domains().defaultDomain()));
        assertComplete("Instance", second, Set.of("thumbnail[blurhash]", "thumbnail[versions]", "thumbnail[versions][@1x]", "thumbnail[versions][@2x]"));
        JsonNode first = check("instance-v1", renderer.renderV1(village.domains().defaultDomain()));
        assertComplete("V1::Instance", first, Set.of());
        assertEquals("4.", second.get("version").asText().substring(0, 2), "clients read the first three characters as a number");
    }

    @Test
    void everyFieldOfAccountIsThere() {
        JsonNode json = JSON.valueToTree(accounts.render(village.account(Village.ALICE)));
        assertComplete("Account", json, Set.of("moved", "memorial", "suspended", "limited", "email_subscriptions", "invalid_handle"));
    }

    private JsonNode check(String name, Object entity) {
        try {
            GoldenFile.check(Path.of("entity", name + ".json"), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(entity) + "\n");
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException(failure);
        }
        return JSON.valueToTree(entity);
    }
}
