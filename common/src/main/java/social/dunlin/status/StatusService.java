package social.dunlin.status;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import social.dunlin.account.Account;
import social.dunlin.activitypub.Uris;
import social.dunlin.conversation.PrivateConversations;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.event.Event.StatusCreated;
import social.dunlin.event.Event.StatusDeleted;
import social.dunlin.event.EventBus;
import social.dunlin.federation.outbox.Outbox;
import social.dunlin.id.Snowflakes;
import social.dunlin.media.MediaAttachmentStore;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.NotificationType;
import social.dunlin.queue.Jobs;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.StatusDraft.Checked;
import social.dunlin.timeline.HomeFeedStore;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/** What a local author does with posts of their own: publish, edit, delete. */
@Singleton
public class StatusService {
    private final Database database;
    private final Domains domains;
    private final StatusStore statuses;
    private final StatusWriter writer;
    private final NewPostWriter newPosts;
    private final PlainPosts plainPosts;
    private final StatusPartsWriter parts;
    private final StatusText texts;
    private final StatusDraft drafts;
    private final StatusEditor editor;
    private final MediaAttachmentStore media;
    private final PollStore polls;
    private final ScheduledStatusStore scheduled;
    private final LocalQuotes quotes;
    private final CommunityStore communities;
    private final StatusFollowUps followUps;
    private final StatusVisibility visibility;
    private final HomeFeedStore home;
    private final NotificationService notifications;
    private final PrivateConversations conversations;
    private final Outbox outbox;
    private final EventBus events;
    private final Jobs jobs;

    public StatusService(Database database, Domains domains, StatusStore statuses, StatusWriter writer, NewPostWriter newPosts, PlainPosts plainPosts, StatusPartsWriter parts, StatusText texts,
                         StatusDraft drafts, StatusEditor editor, MediaAttachmentStore media, PollStore polls, ScheduledStatusStore scheduled, LocalQuotes quotes,
                         CommunityStore communities, StatusFollowUps followUps, StatusVisibility visibility,
                         HomeFeedStore home, NotificationService notifications, PrivateConversations conversations, Outbox outbox,
                         EventBus events, Jobs jobs) {
        this.database = database;
        this.domains = domains;
        this.statuses = statuses;
        this.writer = writer;
        this.newPosts = newPosts;
        this.plainPosts = plainPosts;
        this.parts = parts;
        this.texts = texts;
        this.drafts = drafts;
        this.editor = editor;
        this.media = media;
        this.polls = polls;
        this.scheduled = scheduled;
        this.quotes = quotes;
        this.communities = communities;
        this.followUps = followUps;
        this.visibility = visibility;
        this.home = home;
        this.notifications = notifications;
        this.conversations = conversations;
        this.outbox = outbox;
        this.events = events;
        this.jobs = jobs;
    }

    /**
     * Publishes now and gives the new post; a repeated idempotency key gives the first one. People nobody here has met
     * are looked up before the transaction begins.
     */
    public Status publish(Account author, NewStatus wanted) {
        return publishNew(author.id(), wanted).status();
    }

    /** As {@link #publish}, with what is known of a post that has just been written. */
    public PublishedPost publishNew(long authorId, NewStatus wanted) {
        return plainPosts.publish(authorId, wanted).orElseGet(() -> {
            Prepared prepared = prepare(authorId, wanted);
            return database.transaction(() -> write(prepared.draft.author().account(), prepared));
        });
    }

    /** As {@link #publishNew(long, NewStatus)}, but refuses with {@link UnexpectedMentions} when it mentions anybody else than these. */
    public PublishedPost publishNew(long authorId, NewStatus wanted, Collection<Long> allowedMentions) {
        Prepared prepared = prepare(authorId, wanted);
        List<Account> unexpected = prepared.written.mentions().stream().filter(account -> !allowedMentions.contains(account.id())).toList();
        if (!unexpected.isEmpty()) {
            throw new UnexpectedMentions(unexpected);
        }
        return database.transaction(() -> write(prepared.draft.author().account(), prepared));
    }

    /** Empty when somebody else has published it, or its author has withdrawn it. */
    Optional<Status> publishScheduled(ScheduledStatus waiting, Account author) {
        Prepared prepared = prepare(author, waiting.post());
        return database.transaction(() -> scheduled.remove(author.id(), waiting.id()) ? Optional.of(write(author, prepared).status()) : Optional.empty());
    }

    /**
     * Shows a post that is not made: it is written like any other, seen, and taken back. Nobody is told.
     *
     * @param view makes the answer out of the post while it is there
     */
    public <T> T preview(Account author, NewStatus wanted, Function<Status, T> view) {
        Prepared prepared = prepare(author, wanted.withIdempotencyKey(null));
        try {
            return database.transaction(() -> {
                throw new TakenBack(view.apply(write(author, prepared).status()));
            });
        } catch (TakenBack preview) {
            return preview.seen();
        }
    }

    /** Ends a transaction without a trace. */
    private static final class TakenBack extends RuntimeException {
        private final transient Object seen;

        TakenBack(Object seen) {
            super(null, null, false, false);
            this.seen = seen;
        }

        @SuppressWarnings("unchecked")
        <T> T seen() {
            return (T) seen;
        }
    }

    /** What is known before the transaction begins. */
    private record Prepared(NewStatus wanted, Checked draft, StatusText.Written written) {
    }

    private Prepared prepare(Account author, NewStatus wanted) {
        return prepare(author.id(), wanted);
    }

    private Prepared prepare(long authorId, NewStatus wanted) {
        Authors.Author known = drafts.author(authorId);
        Account author = known.account();
        refuseMoved(author);
        Checked draft = drafts.check(known, wanted);
        List<String> otherTexts = new ArrayList<>(List.of(draft.spoilerText()));
        if (wanted.poll() != null) {
            otherTexts.addAll(wanted.poll().options());
        }
        return new Prepared(wanted, draft, texts.write(author, draft.text(), draft.format(), otherTexts));
    }

    private PublishedPost write(Account author, Prepared prepared) {
        long id = Snowflakes.next();
        String key = prepared.wanted.idempotencyKey();
        if (key != null && !writer.takeKey(author.id(), key, id)) {
            return new PublishedPost(firstOf(author, key), Optional.empty());
        }
        PublishedPost post = insert(id, author, prepared.wanted, prepared.draft, prepared.written);
        tell(author, post.status(), prepared);
        return post;
    }

    /** Its followers are elsewhere: what it said would be heard by nobody. */
    static void refuseMoved(Account author) {
        if (author.hasMoved()) {
            throw Refusal.forbidden("You have moved to another account");
        }
    }

    private Status firstOf(Account author, String key) {
        return statuses.byId(writer.statusOfKey(author.id(), key).orElseThrow(Refusal::notFound)).orElseThrow(Refusal::notFound);
    }

    private PublishedPost insert(long id, Account author, NewStatus wanted, Checked draft, StatusText.Written written) {
        Uris uris = new Uris(domains.byId(author.domainId().orElseThrow()).baseUrl());
        Status parent = parent(author, wanted.inReplyToId());
        LocalQuotes.Quoted quoted = wanted.quotedStatusId() == null ? null : quotes.find(author, wanted.quotedStatusId());
        Visibility reach = withinThread(draft.visibility(), parent);
        Visibility visible = quoted == null ? reach : LocalQuotes.reach(author, reach, quoted, written.mentions());
        String html = quoted == null ? written.html() : QuoteFallback.before(written.html(), draft.text(), quoted.status().pageUrl());
        List<Long> attachments = drafts.attachable(author, null, wanted.mediaIds());
        StatusWriter.Row row = new StatusWriter.Row(id, author.id(), uris.status(author.username(), id), uris.statusPage(author.username(), id), true,
            wanted.poll() == null ? "Note" : "Question", visible, null, draft.spoilerText(), html,
            draft.text(), draft.format().mediaType(), draft.language(), draft.sensitive(),
            parent == null ? id : parent.conversationId(), parent, null, null, StatusDraft.quotePolicy(draft.quotePolicy(), visible),
            null, wanted.applicationId(), written.emojis(), Instant.now().truncatedTo(ChronoUnit.MICROS), null);
        List<String> options = wanted.poll() == null ? List.of() : wanted.poll().options();
        PublishedPost.Fresh fresh = newPosts.insert(row, author, written.hashtags(),
            attachments.isEmpty() ? StatusFollowUps.words(draft.spoilerText(), options, html) : null);
        Status status = row.written();
        parts.addMentions(id, written.mentions().stream().map(account -> new RemoteStatus.Mention(account.id(), false)).toList());
        if (!attachments.isEmpty()) {
            media.attach(id, attachments);
        }
        if (wanted.poll() != null) {
            Instant end = Instant.now().plus(wanted.poll().expiresIn());
            polls.create(id, author.id(), options, wanted.poll().multiple(), wanted.poll().hideTotals(), end);
            polls.ofStatus(id).ifPresent(poll -> jobs.enqueue(PollCloser.at(poll)));
        }
        if (quoted != null) {
            quotes.write(author, status, quoted);
        }
        followUps.ofOwn(id, html, !attachments.isEmpty());
        boolean plain = attachments.isEmpty() && wanted.poll() == null && quoted == null && written.mentions().isEmpty() && written.emojis().isEmpty();
        return new PublishedPost(status, plain ? Optional.of(fresh) : Optional.empty());
    }

    /** The post answered; of a boost the post inside. What the author may not see is not there. */
    private Status parent(Account author, Long inReplyToId) {
        if (inReplyToId == null) {
            return null;
        }
        Status answered = statuses.byId(inReplyToId).filter(status -> visibility.mayReply(Viewer.of(author.id()), status))
            .orElseThrow(Refusal::notFound);
        Status parent = answered.isReblog() ? statuses.byId(answered.originalId()).orElseThrow(Refusal::notFound) : answered;
        if (parent.groupAccountId().isPresent() && communities.isLocked(parent.groupAccountId().getAsLong(), parent.id())) {
            throw Refusal.forbidden("The moderators of the community have closed this conversation");
        }
        return parent;
    }

    /** An open answer to a post that stays on this server stays there too: its thread could be read from nowhere else. */
    private static Visibility withinThread(Visibility wanted, Status parent) {
        if (parent == null || parent.visibility().federates()) {
            return wanted;
        }
        return switch (wanted) {
            case PUBLIC -> Visibility.LOCAL;
            case UNLISTED -> Visibility.LOCAL_UNLISTED;
            case PRIVATE, DIRECT, LOCAL, LOCAL_UNLISTED -> wanted;
        };
    }

    private void tell(Account author, Status status, Prepared prepared) {
        List<Account> mentions = prepared.written.mentions();
        boolean quotes = prepared.wanted.quotedStatusId() != null;
        home.addPosts(List.of(status.id()), status.visibility(), status.isReply(), quotes || !mentions.isEmpty());
        notifications.notify(NotificationType.MENTION, mentions.stream().map(Account::id).toList(), author.id(), status.id());
        if (status.visibility() == Visibility.DIRECT) {
            conversations.add(status.id());
        }
        boolean answersOthers = status.inReplyToAccountId().isPresent() && status.inReplyToAccountId().getAsLong() != author.id();
        if (!answersOthers && prepared.draft.author().isWatched()) {
            notifications.notify(NotificationType.STATUS, writer.watchers(author.id()), author.id(), status.id());
        }
        boolean named = answersOthers || quotes || mentions.stream().anyMatch(account -> !account.isLocal());
        outbox.statusCreated(status, named || PlainPosts.isHeardElsewhere(status.visibility(), prepared.draft.author()));
        events.publish(new StatusCreated(status.id(), author.id()));
    }

    /** Changes a post of the author's own and gives its new state; the same content again makes no new version. */
    public Status edit(Account author, long statusId, StatusChange change) {
        return editor.edit(author, statusId, change);
    }

    /**
     * Deletes a post of the author's own.
     *
     * @param deleteMedia false leaves its attachments to a redraft
     * @param lastView    makes the answer out of the post before it is gone
     */
    public <T> T delete(Account author, long statusId, boolean deleteMedia, Function<Status, T> lastView) {
        return database.transaction(() -> {
            Status status = statuses.byId(statusId).filter(found -> found.accountId() == author.id() && found.local())
                .orElseThrow(Refusal::notFound);
            T answer = lastView.apply(status);
            writer.lock(status.uri());
            writer.hold(status.id());
            if (status.isReblog()) {
                outbox.reblogUndone(status.id());
            } else {
                outbox.statusDeleted(status.id());
                if (status.visibility().federates()) {
                    // What never left this server was 404 to others and stays so; a 410 would tell that it was there.
                    writer.bury(status.uri(), status.objectType(), author.uri());
                }
                if (deleteMedia) {
                    media.remove(status.id());
                } else {
                    media.release(status.id());
                }
            }
            StatusDeleted farewell = writer.farewell(status);
            if (status.visibility() == Visibility.DIRECT) {
                conversations.leave(status.id());
            }
            writer.remove(status);
            events.publish(farewell);
            return answer;
        });
    }
}
