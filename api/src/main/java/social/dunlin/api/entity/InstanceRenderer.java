package social.dunlin.api.entity;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import social.dunlin.activitypub.Uris;
import social.dunlin.annualreport.AnnualReports;
import org.jsoup.nodes.Entities;
import social.dunlin.api.entity.InstanceConfiguration.Accounts;
import social.dunlin.api.entity.InstanceConfiguration.Feeds;
import social.dunlin.api.entity.InstanceConfiguration.MediaAttachments;
import social.dunlin.api.entity.InstanceConfiguration.Polls;
import social.dunlin.api.entity.InstanceConfiguration.Statuses;
import social.dunlin.api.entity.InstanceConfiguration.TimelinesAccess;
import social.dunlin.api.entity.InstanceConfiguration.Translation;
import social.dunlin.api.entity.InstanceConfiguration.Urls;
import social.dunlin.api.entity.InstanceConfiguration.Vapid;
import social.dunlin.config.PeopleConfiguration.RegistrationMode;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.config.PeopleConfiguration;
import social.dunlin.domain.Domain;
import social.dunlin.instance.InstanceDocuments;
import social.dunlin.instance.InstanceStatistics;
import social.dunlin.instance.InstanceStore;
import social.dunlin.instance.InstanceTexts;
import social.dunlin.instance.InstanceUsage;
import social.dunlin.media.MediaAbilities;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.MediaLimits;
import social.dunlin.profile.ProfileLimits;
import social.dunlin.push.VapidKeys;
import social.dunlin.status.FeaturedTags;
import social.dunlin.status.StatusLimits;
import social.dunlin.text.PlainTextFormatter;
import social.dunlin.text.StatusLength;
import social.dunlin.text.TextFormat;

/** What a served domain says about itself: true to what this version does, for clients switch features by it. */
@ApplicationScoped
public class InstanceRenderer {
    /**
     * Clients read the first three characters as a number (reference: behaviours §7). From 4.3 on they expect grouped
     * notifications with policies and requests, from 4.5 on quotes.
     */
    private static final String MASTODON_VERSION = "4.6.0";
    /** What comes with 4.5: filters that blur, notification policies, quotes. Editing profiles by themselves would be 9. */
    private static final int MASTODON_API_VERSION = 10;
    private static final String THUMBNAIL = "/images/thumbnail.png";
    private static final List<Integer> ICON_SIZES = List.of(48, 192, 512);

    private final InstanceStore store;
    private final InstanceUsage usage;
    private final InstanceTexts texts;
    private final InstanceDocuments documents;
    private final StatusLimits limits;
    private final MediaAbilities mediaAbilities;
    private final MediaLimits mediaLimits;
    private final VapidKeys vapidKeys;
    private final boolean translates;
    private final PeopleConfiguration.Registration registration;
    private final String version;

    public InstanceRenderer(InstanceStore store, InstanceUsage usage, InstanceTexts texts, InstanceDocuments documents, StatusLimits limits,
            MediaAbilities mediaAbilities, MediaLimits mediaLimits, VapidKeys vapidKeys, DunlinConfiguration configuration,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.store = store;
        this.usage = usage;
        this.texts = texts;
        this.documents = documents;
        this.limits = limits;
        this.mediaAbilities = mediaAbilities;
        this.mediaLimits = mediaLimits;
        this.vapidKeys = vapidKeys;
        this.translates = configuration.translation().url().isPresent();
        this.registration = configuration.registration();
        this.version = version;
    }

    public InstanceEntity render(Domain domain) {
        return new InstanceEntity(
            domain.name(), texts.title(domain), version(), null, texts.description(domain), wrapstodon(),
            new InstanceEntity.Usage(new InstanceEntity.Users(usage.of(domain).activeMonth())),
            new InstanceEntity.Thumbnail(domain.baseUrl() + THUMBNAIL, ""),
            ICON_SIZES.stream().map(size -> new InstanceEntity.Icon("%s/icons/%d.png".formatted(domain.baseUrl(), size), size + "x" + size)).toList(),
            store.languages(domain.id()),
            configuration(domain),
            registrations(domain),
            Map.of("mastodon", MASTODON_API_VERSION),
            new InstanceEntity.Contact(email(domain), null),
            rules(domain));
    }

    public InstanceV1Entity renderV1(Domain domain) {
        InstanceStatistics statistics = usage.of(domain);
        return new InstanceV1Entity(
            domain.name(), texts.title(domain), texts.description(domain), texts.description(domain), email(domain), version(),
            new InstanceV1Entity.Urls(streaming(domain)),
            new InstanceV1Entity.Stats(statistics.users(), statistics.statuses(), statistics.hosts()),
            domain.baseUrl() + THUMBNAIL, store.languages(domain.id()),
            isOpen(), registration.mode() == RegistrationMode.APPROVAL, false, configuration(domain), null, rules(domain));
    }

    public List<RuleEntity> rules(Domain domain) {
        return store.rules(domain.id()).stream().map(RuleEntity::of).toList();
    }

    /** The words about this domain as paragraphs. */
    public ExtendedDescriptionEntity extendedDescription(Domain domain) {
        return new ExtendedDescriptionEntity(ApiTime.of(texts.since()),
            PlainTextFormatter.format(texts.description(domain), Map.of(), tag -> new Uris(domain.baseUrl()).tag(tag.display())));
    }

    private static String wrapstodon() {
        OptionalInt year = AnnualReports.campaign(LocalDate.now(ZoneOffset.UTC));
        return year.isPresent() ? Integer.toString(year.getAsInt()) : null;
    }

    private InstanceEntity.Registrations registrations(Domain domain) {
        boolean approval = registration.mode() == RegistrationMode.APPROVAL;
        return new InstanceEntity.Registrations(isOpen(), approval,
            isOpen() ? null : registration.message().map(text -> "<p>" + Entities.escape(text) + "</p>").orElse(null),
            null, approval, isOpen() ? domain.baseUrl() + "/auth/sign_up" : null);
    }

    private boolean isOpen() {
        return registration.mode() == RegistrationMode.OPEN || registration.mode() == RegistrationMode.APPROVAL;
    }

    private String email(Domain domain) {
        return texts.contactEmail(domain).orElse("");
    }

    private String version() {
        return "%s (compatible; Dunlin %s)".formatted(MASTODON_VERSION, version);
    }

    /** The same host, by WebSocket. */
    private static String streaming(Domain domain) {
        return domain.baseUrl().replaceFirst("^http", "ws");
    }

    private InstanceConfiguration configuration(Domain domain) {
        Feeds open = new Feeds("public", "public");
        return new InstanceConfiguration(
            new Urls(streaming(domain), null, domain.baseUrl() + "/about",
                documents.privacyPolicy().map(policy -> domain.baseUrl() + "/privacy-policy").orElse(null),
                documents.termsOfService().map(terms -> domain.baseUrl() + "/terms-of-service").orElse(null)),
            new Vapid(vapidKeys.publicKey()),
            new Accounts(ProfileLimits.DISPLAY_NAME, ProfileLimits.NOTE, ProfileLimits.PICTURE_DESCRIPTION, ProfileLimits.PICTURE_DESCRIPTION, FeaturedTags.MAXIMUM, StatusLimits.PINS,
                ProfileLimits.FIELDS, ProfileLimits.FIELD_NAME, ProfileLimits.FIELD_VALUE),
            new Statuses(limits.characters(), StatusLimits.MEDIA, StatusLength.URL_LENGTH, Arrays.stream(TextFormat.values()).map(TextFormat::mediaType).toList()),
            new MediaAttachments(mediaAbilities.formats().stream().map(MediaFormat::contentType).toList(), StatusLimits.MEDIA_DESCRIPTION,
                mediaLimits.bytes(), mediaLimits.pixels(), mediaLimits.bytes(), MediaLimits.VIDEO_FRAME_RATE, MediaLimits.VIDEO_PIXELS),
            new Polls(limits.pollOptions(), StatusLimits.POLL_OPTION_CHARACTERS,
                StatusLimits.POLL_SHORTEST.toSeconds(), StatusLimits.POLL_LONGEST.toSeconds()),
            new Translation(translates),
            new TimelinesAccess(open, open, open),
            false);
    }
}
