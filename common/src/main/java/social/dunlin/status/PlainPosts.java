package social.dunlin.status;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.activitypub.Uris;
import social.dunlin.database.Database;
import social.dunlin.database.DatabaseException;
import social.dunlin.database.Gathering;
import social.dunlin.domain.Domains;
import social.dunlin.event.Event.StatusCreated;
import social.dunlin.event.EventBus;
import social.dunlin.federation.outbox.Outbox;
import social.dunlin.id.Snowflakes;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.NotificationType;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.PlainPostWriter.Wanted;
import social.dunlin.status.PublishedPost.Fresh;
import social.dunlin.status.StatusDraft.Checked;
import social.dunlin.text.TextFormat;

/**
 * Publishes what most posts are, text and hashtags that answer nobody, by one statement, which those that come at the same
 * time share: what was read of their authors before is believed, and the statement writes nothing when it is not so any more.
 * Whatever is not as simple, and every refusal, is left to {@link StatusService}.
 */
@Singleton
class PlainPosts {
    private static final int MOST_POSTS = 64;
    /** Characters of HTML. */
    private static final int MOST_TEXT = 1 << 20;

    private final Database database;
    private final Domains domains;
    private final Authors authors;
    private final StatusDraft drafts;
    private final StatusText texts;
    private final PlainPostWriter posts;
    private final StatusWriter writer;
    private final StatusFollowUps followUps;
    private final NotificationService notifications;
    private final Outbox outbox;
    private final EventBus events;
    private final Gathering<Wanted, Fresh> gathering;

    PlainPosts(Database database, Domains domains, Authors authors, StatusDraft drafts, StatusText texts, PlainPostWriter posts, StatusWriter writer,
               StatusFollowUps followUps, NotificationService notifications, Outbox outbox, EventBus events) {
        this.database = database;
        this.domains = domains;
        this.authors = authors;
        this.drafts = drafts;
        this.texts = texts;
        this.posts = posts;
        this.writer = writer;
        this.followUps = followUps;
        this.notifications = notifications;
        this.outbox = outbox;
        this.events = events;
        this.gathering = Gathering.ofWrites(MOST_POSTS, MOST_TEXT, post -> post.row().content().length(), posts::insert);
    }

    /** Nothing when it is not as plain as that, or not to be; then nothing has happened. */
    Optional<PublishedPost> publish(long authorId, NewStatus wanted) {
        if (!mayBePlain(wanted)) {
            return Optional.empty();
        }
        try (Gathering<Wanted, Fresh>.Announcement coming = gathering.announce()) {
            Authors.Author author = authors.remembered(authorId);
            return isOrdinary(author.account()) ? publish(author, drafts.check(author, wanted), wanted, coming) : Optional.empty();
        } catch (Refusal perhapsNoLonger) {
            authors.forget(authorId);
            return Optional.empty();
        }
    }

    private static boolean mayBePlain(NewStatus wanted) {
        return wanted.mediaIds().isEmpty() && wanted.poll() == null && wanted.quotedStatusId() == null && wanted.inReplyToId() == null
            && wanted.text() != null && wanted.text().indexOf('@') < 0;
    }

    private static boolean isOrdinary(Account author) {
        return author.domainId().isPresent() && !author.hasMoved() && author.silencedAt() == null && author.suspendedAt() == null && author.deletedAt() == null;
    }

    private Optional<PublishedPost> publish(Authors.Author author, Checked draft, NewStatus wanted, Gathering<Wanted, Fresh>.Announcement coming) {
        if (draft.visibility() == Visibility.DIRECT) {
            return Optional.empty();
        }
        StatusText.Written written = texts.write(author.account(), draft.text(), draft.format(), List.of(draft.spoilerText()));
        if (!written.mentions().isEmpty() || !written.emojis().isEmpty()) {
            return Optional.empty();
        }
        boolean linked = followUps.isLinked(written.html());
        boolean alone = !author.isWatched() && !isHeardElsewhere(draft.visibility(), author) && events.isDirect() && !linked;
        Wanted post = Wanted.of(row(author.account(), draft, written, wanted), author, written.hashtags(),
            words(draft, written.html()), wanted.idempotencyKey());
        try {
            if (alone && !database.inTransaction()) {
                return told(post, coming.write(post).or(() -> write(post)), linked);
            }
            coming.close();
            return database.transaction(() -> told(post, write(post), linked));
        } catch (DatabaseException failure) {
            if ((failure.isTransient() || failure.isLockTimeout()) && !database.inTransaction()) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** What is shown of plain text without addresses has the words that were typed. */
    private static String words(Checked draft, String html) {
        boolean asTyped = draft.format() == TextFormat.PLAIN && !draft.text().contains("://");
        return asTyped ? StatusFollowUps.words(draft.text(), List.of(draft.spoilerText()), "") : StatusFollowUps.words(draft.spoilerText(), List.of(), html);
    }

    private StatusWriter.Row row(Account account, Checked draft, StatusText.Written written, NewStatus wanted) {
        Uris uris = new Uris(domains.byId(account.domainId().orElseThrow()).baseUrl());
        long id = Snowflakes.next();
        return new StatusWriter.Row(id, account.id(), uris.status(account.username(), id), uris.statusPage(account.username(), id), true,
            "Note", draft.visibility(), null, draft.spoilerText(), written.html(), draft.text(), draft.format().mediaType(), draft.language(),
            draft.sensitive(), id, null, null, null, StatusDraft.quotePolicy(draft.quotePolicy(), draft.visibility()), null, wanted.applicationId(),
            List.of(), Instant.now().truncatedTo(ChronoUnit.MICROS), null);
    }

    private Optional<Fresh> write(Wanted post) {
        return posts.insert(List.of(post)).stream().findFirst();
    }

    private Optional<PublishedPost> told(Wanted post, Optional<Fresh> fresh, boolean linked) {
        long authorId = post.author().account().id();
        if (fresh.isEmpty()) {
            authors.forget(authorId);
            return Optional.empty();
        }
        Status status = post.row().written();
        if (linked) {
            followUps.ofOwn(status.id(), status.content(), false);
        }
        if (post.author().isWatched()) {
            notifications.notify(NotificationType.STATUS, writer.watchers(authorId), authorId, status.id());
        }
        outbox.statusCreated(status, isHeardElsewhere(status.visibility(), post.author()));
        events.publish(new StatusCreated(status.id(), authorId));
        return Optional.of(new PublishedPost(status, fresh));
    }

    /** By others than those whom the post names; see {@link social.dunlin.federation.document.StatusActivities#audienceOfCreate}. */
    static boolean isHeardElsewhere(Visibility visibility, Authors.Author author) {
        return visibility != Visibility.DIRECT && author.isHeardElsewhere() || visibility == Visibility.PUBLIC && author.isRelayed();
    }
}
