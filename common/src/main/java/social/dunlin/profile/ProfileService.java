package social.dunlin.profile;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import social.dunlin.account.Account;
import social.dunlin.account.AccountSettingStore;
import social.dunlin.account.AccountSettings;
import social.dunlin.account.AccountStore;
import social.dunlin.account.Handle;
import social.dunlin.account.ProfileField;
import social.dunlin.account.ProfileFields;
import social.dunlin.activitypub.Uris;
import social.dunlin.database.Database;
import social.dunlin.domain.Domain;
import social.dunlin.domain.Domains;
import social.dunlin.federation.outbox.Outbox;
import social.dunlin.id.Host;
import social.dunlin.profile.ProfileChange.AppearanceChange;
import social.dunlin.profile.ProfileChange.FieldChange;
import social.dunlin.profile.ProfileChange.SettingsChange;
import social.dunlin.refusal.Refusal;
import social.dunlin.relationship.RelationshipService;
import social.dunlin.status.Visibility;
import social.dunlin.text.Hashtag;
import social.dunlin.text.Language;
import social.dunlin.text.MentionName;
import social.dunlin.text.PlainTextFormatter.Place;
import social.dunlin.text.PlainTextFormatter;
import social.dunlin.text.ResolvedMention;
import social.dunlin.text.TextFormat;

/** Changes the profile and the posting defaults of a local account. */
@ApplicationScoped
public class ProfileService {
    private static final Set<String> QUOTE_POLICIES = Set.of("public", "followers", "nobody");

    private final Database database;
    private final AccountStore accounts;
    private final AccountSettingStore settings;
    private final ProfileStore store;
    private final Domains domains;
    private final RelationshipService relationships;
    private final ProfileLinks links;
    private final Outbox outbox;

    public ProfileService(Database database, AccountStore accounts, AccountSettingStore settings, ProfileStore store, Domains domains,
            RelationshipService relationships, ProfileLinks links, Outbox outbox) {
        this.database = database;
        this.accounts = accounts;
        this.settings = settings;
        this.store = store;
        this.domains = domains;
        this.relationships = relationships;
        this.links = links;
        this.outbox = outbox;
    }

    /** Gives the account as it is afterwards. Opening a locked account takes all who were waiting. */
    public Account update(Account account, ProfileChange change) {
        return database.transaction(() -> {
            changeSettings(account.id(), change.settings());
            if (change.concernsProfile()) {
                Profile profile = profile(account, change);
                store.save(profile);
                if (change.fields() != null) {
                    links.written(account.id(), ProfileFields.read(profile.fields()));
                }
                if (account.locked() && Boolean.FALSE.equals(change.locked())) {
                    relationships.authorizeAll(account.id());
                }
                outbox.accountChanged(account.id());
            }
            return accounts.byId(account.id()).orElseThrow(Refusal::notFound);
        });
    }

    private static AppearanceChange checked(AppearanceChange wanted) {
        Stream.of(wanted.avatarDescription(), wanted.headerDescription()).filter(Objects::nonNull)
            .forEach(text -> bounded("Description", text, ProfileLimits.PICTURE_DESCRIPTION));
        return wanted;
    }

    private Profile profile(Account account, ProfileChange change) {
        Domain domain = domains.byId(account.domainId().orElseThrow());
        String displayName = change.displayName() == null ? account.displayName()
            : bounded("Display name", change.displayName().strip(), ProfileLimits.DISPLAY_NAME);
        String noteSource = change.note() == null ? account.noteSource() : bounded("Note", change.note().strip(), ProfileLimits.NOTE);
        List<ProfileField> before = ProfileFields.read(account.fields());
        List<FieldChange> typed = change.fields() == null
            ? before.stream().map(field -> new FieldChange(field.name(), field.source() == null ? "" : field.source())).toList()
            : checked(change.fields());

        Map<MentionName, ResolvedMention> mentions = mentions(domain, noteSource, typed);
        Function<Hashtag, String> tagUrl = hashtag -> new Uris(domain.baseUrl()).tag(hashtag.display());
        List<ProfileField> fields = typed.stream().map(field -> new ProfileField(field.name(),
            PlainTextFormatter.format(field.value(), mentions, tagUrl, Place.FIELD), field.value(), verifiedAt(field, before))).toList();

        return new Profile(account.id(), displayName,
            PlainTextFormatter.format(noteSource, mentions, tagUrl, Place.BIO), noteSource, ProfileFields.write(fields),
            emojiCodes(displayName, noteSource, typed),
            or(change.locked(), account.locked()), actorType(account, change.bot()), or(change.discoverable(), account.discoverable()),
            or(change.indexable(), account.indexable()), or(change.hideCollections(), account.hideCollections()),
            change.attributionDomains() == null ? null : checkedHosts(change.attributionDomains()), checked(change.appearance()));
    }

    private static List<FieldChange> checked(List<FieldChange> fields) {
        List<FieldChange> kept = fields.stream().map(field -> new FieldChange(field.name().strip(), field.value().strip()))
            .filter(field -> !field.isEmpty()).toList();
        if (kept.size() > ProfileLimits.FIELDS) {
            throw Refusal.invalid("Fields are too many (maximum is %d)".formatted(ProfileLimits.FIELDS));
        }
        for (FieldChange field : kept) {
            if (field.name().isEmpty()) {
                throw Refusal.invalid("Fields contain values with missing labels");
            }
            bounded("Field name", field.name(), ProfileLimits.FIELD_NAME);
            bounded("Field value", field.value(), ProfileLimits.FIELD_VALUE);
        }
        return kept;
    }

    private static List<String> checkedHosts(List<String> hosts) {
        List<String> wanted = hosts.stream().map(String::strip).filter(host -> !host.isEmpty())
            .map(host -> Host.tryParse(host).orElseThrow(() -> Refusal.invalid("Attribution domains are invalid")).value()).distinct().toList();
        if (wanted.size() > ProfileLimits.ATTRIBUTION_DOMAINS) {
            throw Refusal.invalid("Attribution domains are too many (maximum is %d)".formatted(ProfileLimits.ATTRIBUTION_DOMAINS));
        }
        return wanted;
    }

    private static String bounded(String what, String text, int maximum) {
        if (text.codePointCount(0, text.length()) > maximum) {
            throw Refusal.invalid("%s is too long (maximum is %d characters)".formatted(what, maximum));
        }
        return text;
    }

    /** People who are known here; nobody is fetched for a profile. */
    private Map<MentionName, ResolvedMention> mentions(Domain domain, String note, List<FieldChange> fields) {
        Map<MentionName, Handle> wanted = texts(note, fields).flatMap(text -> PlainTextFormatter.extract(text).mentions().stream()).distinct()
            .flatMap(name -> Handle.parse(name.toString(), domain.name()).map(handle -> Map.entry(name, handle)).stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        Map<Handle, Account> known = accounts.byHandles(wanted.values());
        Map<MentionName, ResolvedMention> result = new HashMap<>();
        wanted.forEach((name, handle) -> {
            Account account = known.get(handle);
            if (account != null && !account.isSuspended()) {
                result.put(name, new ResolvedMention(account.pageUrl(), account.username(), account.handle()));
            }
        });
        return result;
    }

    private static List<String> emojiCodes(String displayName, String note, List<FieldChange> fields) {
        return Stream.concat(Stream.of(displayName), Stream.concat(texts(note, fields), fields.stream().map(FieldChange::name)))
            .flatMap(text -> PlainTextFormatter.extract(text).emojis().stream()).map(code -> code.code()).distinct().toList();
    }

    private static Stream<String> texts(String note, List<FieldChange> fields) {
        return Stream.concat(Stream.of(note), fields.stream().map(FieldChange::value));
    }

    /** A link stays verified while its value stays. */
    private static Instant verifiedAt(FieldChange field, List<ProfileField> before) {
        return before.stream().filter(old -> old.verifiedAt() != null && field.value().equals(old.source()))
            .map(ProfileField::verifiedAt).findFirst().orElse(null);
    }

    /** Only people can be switched between person and bot; a community stays what it is. */
    private static String actorType(Account account, Boolean bot) {
        boolean switchable = account.actorType().equals("Person") || account.actorType().equals("Service");
        return bot == null || !switchable ? account.actorType() : bot ? "Service" : "Person";
    }

    private void changeSettings(long accountId, SettingsChange change) {
        if (change.equals(SettingsChange.NONE)) {
            return;
        }
        AccountSettings before = settings.of(accountId);
        if (change.visibility() != null && Visibility.ofApiName(change.visibility()).isEmpty()) {
            throw Refusal.invalid("Default privacy is invalid");
        }
        if (change.quotePolicy() != null && !QUOTE_POLICIES.contains(change.quotePolicy())) {
            throw Refusal.invalid("Default quote policy is invalid");
        }
        if (change.contentType() != null && TextFormat.ofMediaType(change.contentType()).isEmpty()) {
            throw Refusal.invalid("Default content type is invalid");
        }
        settings.save(accountId, new AccountSettings(
            or(change.visibility(), before.defaultVisibility()),
            or(change.sensitive(), before.defaultSensitive()),
            change.language() == null ? before.defaultLanguage() : Language.normalise(change.language()),
            or(change.quotePolicy(), before.defaultQuotePolicy()),
            or(change.contentType(), before.defaultContentType()), before.expandMedia(), before.expandSpoilers(), before.reduceMotion()));
    }

    private static <T> T or(T wanted, T before) {
        return wanted != null ? wanted : before;
    }
}
