package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.conversation.PrivateConversations;
import social.dunlin.database.Database;
import social.dunlin.event.Event.StatusCreated;
import social.dunlin.event.Event.StatusDeleted;
import social.dunlin.event.Event.StatusEdited;
import social.dunlin.event.EventBus;
import social.dunlin.id.ObjectUri;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.NotificationType;
import social.dunlin.status.StoredStatus.Refused;
import social.dunlin.status.StoredStatus.Stored;
import social.dunlin.status.StoredStatus.Tombstoned;
import social.dunlin.text.Hashtag;
import social.dunlin.timeline.HomeFeedStore;

/**
 * Posts of other servers as inbox handlers bring them. Whether the sender may assert them was decided before. All
 * idempotent: the second delivery of the same thing has no second effect, and what was deleted stays deleted.
 */
@ApplicationScoped
public class RemoteStatuses {
    /** An older post is kept, but nobody is told of it and no home feed shows it as new. */
    static final Duration NEWS = Duration.ofDays(7);
    /** An edit of a post never seen is taken for the post when it is younger (reference: federation §3.6). */
    private static final Duration UPDATE_AS_CREATE = Duration.ofDays(1);

    private final Database database;
    private final AccountStore accounts;
    private final StatusStore statuses;
    private final StatusWriter writer;
    private final StatusPartsWriter parts;
    private final InteractionStore interactions;
    private final PollStore polls;
    private final PollCloser pollCloser;
    private final RemoteQuotes quotes;
    private final QuotedUpdates quotedUpdates;
    private final StatusFollowUps followUps;
    private final HomeFeedStore home;
    private final NotificationService notifications;
    private final PrivateConversations conversations;
    private final EventBus events;

    public RemoteStatuses(Database database, AccountStore accounts, StatusStore statuses, StatusWriter writer, StatusPartsWriter parts,
                          InteractionStore interactions, PollStore polls, PollCloser pollCloser, RemoteQuotes quotes, QuotedUpdates quotedUpdates,
                          StatusFollowUps followUps,
                          HomeFeedStore home, NotificationService notifications, PrivateConversations conversations, EventBus events) {
        this.database = database;
        this.accounts = accounts;
        this.statuses = statuses;
        this.writer = writer;
        this.parts = parts;
        this.interactions = interactions;
        this.polls = polls;
        this.pollCloser = pollCloser;
        this.quotes = quotes;
        this.quotedUpdates = quotedUpdates;
        this.followUps = followUps;
        this.home = home;
        this.notifications = notifications;
        this.conversations = conversations;
        this.events = events;
    }

    /** Create{Note}: the post with all that belongs to it, its place in home feeds, its notifications. */
    public StoredStatus store(RemoteStatus data) {
        return store(data, true);
    }

    /** As {@link #store(RemoteStatus)} for a post met on the way to another: what it quotes is not fetched in its turn. */
    public StoredStatus storeInPassing(RemoteStatus data) {
        return store(data, false);
    }

    private StoredStatus store(RemoteStatus data, boolean chase) {
        return database.transaction(() -> {
            Instant now = Instant.now();
            Instant published = published(data, now);
            writer.lock(data.uri());
            Status parent = data.inReplyToUri() == null ? null : statuses.byUri(data.inReplyToUri()).orElse(null);
            StatusWriter.Arrival arrival = writer.arrival(data.uri(), data.accountId(), published, parent);
            if (arrival.buried()) {
                return new Tombstoned();
            }
            if (arrival.knownAs() != null) {
                return arrival.knownAuthor() == data.accountId() ? new Stored(arrival.knownAs(), false)
                    : new Refused("The id belongs to a post of another author");
            }
            if (arrival.authorHost() == null) {
                return new Refused("The author is unknown, local or suspended");
            }
            insert(arrival, published, parent, data, chase);
            return new Stored(arrival.freeId(), true);
        });
    }

    static Instant published(RemoteStatus data, Instant now) {
        return data.published() == null || data.published().isAfter(now) ? now : data.published();
    }

    /** As its origin published it. @param conversation the thread it stands in; @param parent the post it answers, when known */
    static StatusWriter.Row row(long id, RemoteStatus data, Instant published, long conversation, Status parent) {
        return new StatusWriter.Row(id, data.accountId(), data.uri(), data.url(), false, data.objectType(), data.visibility(), data.title(),
            data.spoilerText(), data.content(), data.textSource(), data.contentType(), data.language(), data.sensitive(),
            conversation, parent, data.inReplyToUri(), null,
            data.quotePolicy() == null ? "nobody" : data.quotePolicy(), data.groupAccountId(), null, codes(data), published,
            data.updated() != null && data.updated().isAfter(published) ? data.updated() : null);
    }

    /** What nobody needs an answer to goes out without waiting: most of a post's cost would else be going to and fro. */
    private void insert(StatusWriter.Arrival arrival, Instant published, Status parent, RemoteStatus data, boolean chase) {
        long id = arrival.freeId();
        StatusWriter.Row row = row(id, data, published, parent == null ? writer.conversation(data.conversationUri()) : parent.conversationId(), parent);
        if (!writer.insert(row)) {
            // Another post took the id meanwhile; its row must get nothing of this one's.
            throw new IllegalStateException("The id drawn for %s was taken meanwhile".formatted(data.uri()));
        }
        parts.addMentions(id, data.mentions());
        parts.addTags(id, tags(data));
        parts.addAttachments(id, data.accountId(), data.attachments());
        parts.emojis(arrival.authorHost(), data.emojis());
        if (data.poll() != null) {
            polls.create(id, data.accountId(), data.poll());
        }
        if (data.quote() != null) {
            quotes.receive(statuses.byId(id).orElseThrow(), data.quote(), chase);
        }
        quotes.arrived(id, data.uri());
        writer.adoptWaitingReplies(row);
        followUps.written(id, data.content(), false);
        if (published.isAfter(Instant.now().minus(NEWS))) {
            home.addPosts(List.of(id), data.visibility(), data.inReplyToUri() != null, !data.mentions().isEmpty());
            tell(id, data.accountId(), data, parent);
        }
        events.publish(new StatusCreated(id, data.accountId()));
    }

    private void tell(long id, long authorId, RemoteStatus data, Status parent) {
        notifications.notify(NotificationType.MENTION, mentioned(data), authorId, id);
        if (data.visibility() == Visibility.DIRECT) {
            conversations.add(id);
        }
        if (!answersOthers(data, parent)) {
            notifications.notify(NotificationType.STATUS, writer.watchers(authorId), authorId, id);
        }
    }

    static boolean answersOthers(RemoteStatus data, Status parent) {
        return data.inReplyToUri() != null && (parent == null || parent.accountId() != data.accountId());
    }

    static List<Long> mentioned(RemoteStatus data) {
        return data.mentions().stream().filter(mention -> !mention.silent()).map(RemoteStatus.Mention::accountId).toList();
    }

    private void replaceParts(Account author, long id, RemoteStatus data) {
        parts.mentions(id, data.mentions());
        parts.tags(id, tags(data));
        parts.attachments(id, author.id(), data.attachments());
        parts.emojis(author.host(), data.emojis());
    }

    static List<Hashtag> tags(RemoteStatus data) {
        return data.hashtags().stream().map(Hashtag::of).flatMap(Optional::stream).toList();
    }

    static List<String> codes(RemoteStatus data) {
        return data.emojis().stream().map(RemoteStatus.Emoji::code).distinct().toList();
    }

    /**
     * Update{Note}: a later version; an older one changes nothing, one without a later time only tallies. Unknown posts
     * are stored when they are young.
     */
    public StoredStatus update(RemoteStatus data) {
        return database.transaction(() -> {
            writer.lock(data.uri());
            Optional<Status> known = statuses.byUri(data.uri());
            if (known.isEmpty()) {
                boolean young = data.published() != null && data.published().isAfter(Instant.now().minus(UPDATE_AS_CREATE));
                return young ? store(data) : new Refused("The post is not known here");
            }
            if (known.get().accountId() != data.accountId()) {
                return new Refused("The id belongs to a post of another author");
            }
            if (interactions.isBlockedByAddressed(known.get())) {
                return new Refused("Somebody addressed here blocks the author");
            }
            return new Stored(change(known.get(), data), false);
        });
    }

    private long change(Status before, RemoteStatus data) {
        Instant last = before.versionAt();
        if (data.updated() != null && data.updated().isBefore(last)) {
            return before.id();
        }
        boolean explicit = data.updated() != null && data.updated().isAfter(last);
        boolean visible = explicit && readersSee(before, data);
        if (visible && !writer.hasVersions(before.id())) {
            writer.keepVersion(before.id());
        }
        if (data.poll() != null) {
            polls.replace(before.id(), before.accountId(), data.poll());
            pollCloser.watch(before.id());
        }
        quotes.update(before, data.quote(), explicit);
        if (data.quotePolicy() != null && !data.quotePolicy().equals(before.quotePolicy())) {
            writer.quotePolicy(before.id(), data.quotePolicy());
        }
        if (!explicit) {
            return before.id();
        }
        writer.update(before.id(), data.title(), data.spoilerText(), data.content(), data.textSource(), data.contentType(), data.language(),
            data.sensitive(), data.quotePolicy() == null ? before.quotePolicy() : data.quotePolicy(), codes(data),
            visible ? data.updated() : before.editedAt());
        replaceParts(accounts.byId(before.accountId()).orElseThrow(), before.id(), data);
        followUps.edited(before.id(), data.content(), false);
        if (visible) {
            writer.keepVersion(before.id());
            notifications.notify(NotificationType.MENTION, mentioned(data), before.accountId(), before.id());
            notifications.notify(NotificationType.UPDATE, writer.localBoosters(before.id()), before.accountId(), before.id());
            quotedUpdates.tell(before);
        }
        events.publish(new StatusEdited(before.id(), before.accountId()));
        return before.id();
    }

    private boolean readersSee(Status before, RemoteStatus data) {
        boolean otherPoll = data.poll() != null
            && polls.ofStatus(before.id()).map(poll -> !poll.options().equals(data.poll().options())).orElse(true);
        return otherPoll || !before.content().equals(data.content()) || !before.spoilerText().equals(data.spoilerText())
            || before.sensitive() != data.sensitive() || !Objects.equals(before.title(), data.title())
            || parts.hasOtherAttachments(before.id(), data.attachments());
    }

    /**
     * Delete{Note}: leaves a tombstone, also for a post that has not come yet.
     *
     * @param actorUri who signed; only the post's author can delete it, and for one never seen only somebody of its host
     * @return true when a post went away
     */
    public boolean delete(String uri, String actorUri) {
        return database.transaction(() -> {
            writer.lock(uri);
            Optional<Status> known = statuses.byUri(uri);
            if (known.isEmpty()) {
                if (sameHost(uri, actorUri)) {
                    writer.buryUnseen(uri, "Note", actorUri);
                }
                return false;
            }
            Status status = known.get();
            if (status.local() || !accounts.byId(status.accountId()).map(author -> author.uri().equals(actorUri)).orElse(false)) {
                return false;
            }
            writer.bury(uri, status.objectType(), actorUri);
            parts.removeAttachments(status.id());
            StatusDeleted farewell = writer.farewell(status);
            conversations.leave(status.id());
            writer.remove(status);
            events.publish(farewell);
            return true;
        });
    }

    /** The post's own server says that it was deleted; that is its author's word too. */
    public void deletedAtOrigin(Status stored) {
        accounts.byId(stored.accountId()).ifPresent(author -> delete(stored.uri(), author.uri()));
    }

    /**
     * Undo{Delete}: the post may come again. Only who deleted it can say so.
     *
     * @return true when it was deleted by this actor
     */
    public boolean undelete(String uri, String actorUri) {
        return writer.unbury(uri, actorUri);
    }

    static boolean sameHost(String uri, String actorUri) {
        Optional<ObjectUri> object = ObjectUri.tryParse(uri);
        Optional<ObjectUri> actor = ObjectUri.tryParse(actorUri);
        return object.isPresent() && actor.isPresent() && object.get().host().equals(actor.get().host());
    }
}
