package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.event.Event.StatusEdited;
import social.dunlin.event.EventBus;
import social.dunlin.federation.outbox.Outbox;
import social.dunlin.media.MediaAttachment;
import social.dunlin.media.MediaAttachmentStore;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.NotificationType;
import social.dunlin.queue.Jobs;
import social.dunlin.refusal.Refusal;
import social.dunlin.text.Language;
import social.dunlin.text.PlainText;
import social.dunlin.text.TextFormat;

/** Edits a local post: every version is kept, boosters learn of it. Visibility and the post answered cannot change. */
@ApplicationScoped
class StatusEditor {
    private final Database database;
    private final StatusStore statuses;
    private final StatusWriter writer;
    private final StatusPartsWriter parts;
    private final StatusText texts;
    private final StatusDraft drafts;
    private final MediaAttachmentStore media;
    private final PollStore polls;
    private final QuoteStore quotes;
    private final QuotedUpdates quotedUpdates;
    private final StatusFollowUps followUps;
    private final NotificationService notifications;
    private final Outbox outbox;
    private final EventBus events;
    private final Jobs jobs;

    StatusEditor(Database database, StatusStore statuses, StatusWriter writer, StatusPartsWriter parts, StatusText texts, StatusDraft drafts,
                 MediaAttachmentStore media, PollStore polls, QuoteStore quotes, QuotedUpdates quotedUpdates, StatusFollowUps followUps,
                 NotificationService notifications, Outbox outbox, EventBus events, Jobs jobs) {
        this.database = database;
        this.statuses = statuses;
        this.writer = writer;
        this.parts = parts;
        this.texts = texts;
        this.drafts = drafts;
        this.media = media;
        this.polls = polls;
        this.quotes = quotes;
        this.quotedUpdates = quotedUpdates;
        this.followUps = followUps;
        this.notifications = notifications;
        this.outbox = outbox;
        this.events = events;
        this.jobs = jobs;
    }

    /** The post as it will be. */
    private record Wanted(String text, TextFormat format, String spoilerText, boolean sensitive, String language, String quotePolicy) {
    }

    Status edit(Account author, long statusId, StatusChange change) {
        Wanted wanted = wanted(own(author, statusId), change);
        List<String> otherTexts = new ArrayList<>(List.of(wanted.spoilerText));
        (change.poll() == null ? polls.ofStatus(statusId).map(Poll::options) : Optional.of(change.poll().options())).ifPresent(otherTexts::addAll);
        StatusText.Written written = texts.write(author, wanted.text, wanted.format, otherTexts);
        return database.transaction(() -> {
            writer.lock(own(author, statusId).uri());
            Status before = own(author, statusId);
            if (apply(author, before, change, wanted, written)) {
                notifications.notify(NotificationType.MENTION, written.mentions().stream().map(Account::id).toList(), author.id(), statusId);
                notifications.notify(NotificationType.UPDATE, writer.localBoosters(statusId), author.id(), statusId);
                outbox.statusEdited(statusId);
                events.publish(new StatusEdited(statusId, author.id()));
            }
            return own(author, statusId);
        });
    }

    private Status own(Account author, long statusId) {
        return statuses.byId(statusId).filter(status -> status.accountId() == author.id() && status.local() && !status.isReblog())
            .orElseThrow(Refusal::notFound);
    }

    private Wanted wanted(Status before, StatusChange change) {
        String text = change.text() == null ? before.textSource() : StatusDraft.typed(change.text());
        String spoiler = change.spoilerText() == null ? before.spoilerText() : StatusDraft.typed(change.spoilerText()).strip();
        if (text.isBlank() && !spoiler.isEmpty() && quotes.of(before.id()).isEmpty()) {
            text = spoiler;
            spoiler = "";
        }
        drafts.checkLength(spoiler, text);
        String language = Language.normalise(change.language());
        return new Wanted(text, format(before, change.contentType()), spoiler,
            !spoiler.isEmpty() || (change.sensitive() == null ? before.sensitive() : change.sensitive()),
            language == null ? before.language() : language,
            change.quotePolicy() == null ? before.quotePolicy() : StatusDraft.quotePolicy(change.quotePolicy(), before.visibility()));
    }

    private static TextFormat format(Status before, String contentType) {
        return contentType != null ? StatusDraft.format(contentType) : TextFormat.ofMediaType(before.contentType()).orElse(TextFormat.PLAIN);
    }

    /**
     * When this version was made: at least a second after the one before, because other servers are told whole seconds
     * and take an Update whose time is not later for none.
     */
    private static Instant timeAfter(Status before) {
        Instant earliest = before.versionAt().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        Instant now = Instant.now();
        return now.isBefore(earliest) ? earliest : now;
    }

    /** True when something that readers see has changed. */
    private boolean apply(Account author, Status before, StatusChange change, Wanted wanted, StatusText.Written written) {
        List<MediaAttachment> attached = media.ofStatuses(List.of(before.id())).getOrDefault(before.id(), List.of());
        List<Long> attachedIds = attached.stream().map(MediaAttachment::id).toList();
        List<Long> mediaIds = change.mediaIds() == null ? attachedIds : drafts.attachable(author, before.id(), change.mediaIds());
        Optional<Poll> poll = polls.ofStatus(before.id());
        if (change.poll() != null) {
            drafts.checkPoll(change.poll(), !mediaIds.isEmpty());
        }
        Optional<Status> quoted = quotes.of(before.id()).flatMap(quote -> quote.quotedStatusId().isEmpty() ? Optional.empty()
            : statuses.byId(quote.quotedStatusId().getAsLong()));
        if (wanted.text.isBlank() && mediaIds.isEmpty() && poll.isEmpty() && change.poll() == null && quoted.isEmpty()) {
            throw Refusal.invalid("Text can't be blank");
        }
        boolean otherPoll = change.poll() != null && (poll.isEmpty() || !poll.get().options().equals(change.poll().options())
            || poll.get().multiple() != change.poll().multiple());
        boolean otherMedia = !mediaIds.equals(attachedIds) || describes(attached, change.mediaAttributes());
        boolean otherText = !wanted.text.equals(before.textSource()) || !wanted.spoilerText.equals(before.spoilerText())
            || wanted.sensitive != before.sensitive() || wanted.format != format(before, null);
        boolean otherAttributes = !Objects.equals(wanted.language, before.language()) || !wanted.quotePolicy.equals(before.quotePolicy());
        if (!otherPoll && !otherMedia && !otherText && !otherAttributes && change.poll() == null) {
            return false;
        }
        boolean newVersion = otherPoll || otherMedia || otherText;
        if (newVersion && !writer.hasVersions(before.id())) {
            writer.keepVersion(before.id());
        }
        writer.update(before.id(), before.title(), wanted.spoilerText,
            quoted.map(status -> QuoteFallback.before(written.html(), wanted.text, status.pageUrl())).orElse(written.html()), wanted.text, wanted.format.mediaType(), wanted.language, wanted.sensitive,
            wanted.quotePolicy, written.emojis(), newVersion ? timeAfter(before) : before.editedAt());
        parts.mentions(before.id(), written.mentions().stream().map(account -> new RemoteStatus.Mention(account.id(), false)).toList());
        parts.tags(before.id(), written.hashtags());
        changeMedia(before, change, mediaIds, attachedIds);
        changePoll(author, before, change.poll(), otherPoll);
        followUps.edited(before.id(), written.html(), true);
        if (newVersion) {
            writer.keepVersion(before.id());
            quotedUpdates.tell(before);
        }
        return true;
    }

    private static boolean describes(List<MediaAttachment> attached, List<StatusChange.MediaAttributes> attributes) {
        Map<Long, MediaAttachment> byId = attached.stream().collect(Collectors.toMap(MediaAttachment::id, Function.identity()));
        return attributes.stream().anyMatch(wanted -> {
            MediaAttachment known = byId.get(wanted.id());
            return known == null || wanted.focusX() != null
                || wanted.description() != null && !wanted.description().equals(known.description());
        });
    }

    private void changeMedia(Status before, StatusChange change, List<Long> mediaIds, List<Long> attachedIds) {
        if (!mediaIds.equals(attachedIds)) {
            media.attach(before.id(), mediaIds);
        }
        change.mediaAttributes().stream().filter(wanted -> mediaIds.contains(wanted.id())).limit(StatusLimits.MEDIA)
            .forEach(wanted -> media.describe(wanted.id(), description(wanted), wanted.focusX(), wanted.focusY()));
    }

    private static String description(StatusChange.MediaAttributes wanted) {
        if (wanted.description() == null) {
            return null;
        }
        if (wanted.description().codePointCount(0, wanted.description().length()) > StatusLimits.MEDIA_DESCRIPTION) {
            throw Refusal.invalid("Description is too long (maximum is %d characters)".formatted(StatusLimits.MEDIA_DESCRIPTION));
        }
        return PlainText.wellFormed(wanted.description());
    }

    private void changePoll(Account author, Status before, NewStatus.NewPoll wanted, boolean otherPoll) {
        if (wanted == null) {
            return;
        }
        Instant end = Instant.now().plus(wanted.expiresIn());
        if (otherPoll) {
            polls.remove(before.id());
            polls.create(before.id(), author.id(), wanted.options(), wanted.multiple(), wanted.hideTotals(), end);
        } else {
            polls.extend(before.id(), end, wanted.hideTotals());
        }
        polls.ofStatus(before.id()).ifPresent(poll -> jobs.enqueue(PollCloser.at(poll)));
    }
}
