package social.dunlin.api.streaming;

import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import social.dunlin.database.DatabaseException;
import social.dunlin.event.Event;
import social.dunlin.event.Event.AccountChanged;
import social.dunlin.event.Event.AnnouncementMade;
import social.dunlin.event.Event.AnnouncementReacted;
import social.dunlin.event.Event.AnnouncementWithdrawn;
import social.dunlin.event.Event.ConversationChanged;
import social.dunlin.event.Event.FiltersChanged;
import social.dunlin.event.Event.NotificationCreated;
import social.dunlin.event.Event.NotificationsMerged;
import social.dunlin.event.Event.StatusCreated;
import social.dunlin.event.Event.StatusDeleted;
import social.dunlin.event.Event.StatusEdited;
import social.dunlin.event.Event.TokenRevoked;
import social.dunlin.event.EventBus;
import social.dunlin.event.Subscription;
import social.dunlin.oauth.TokenService;
import social.dunlin.refusal.Refusal;

/**
 * Who reads in this process, and what they are told. Listens to events only while somebody is there; an event that
 * concerns nobody here costs a look through the readers and no statement.
 */
@ApplicationScoped
public class StreamHub {
    /** Half of the time after which Mastodon pings. */
    static final Duration BEAT = Duration.ofSeconds(15);
    /** A token may also end without an event: somebody wrote to the database by hand. */
    private static final int BEATS_PER_TOKEN_CHECK = 20;
    private static final int MOST_PER_ACCOUNT = 64;
    private static final Logger LOG = Logger.getLogger(StreamHub.class);

    private final EventBus events;
    private final Vertx vertx;
    private final TokenService tokens;
    private final PostFanOut posts;
    private final NotificationFanOut notifications;
    private final ConversationFanOut conversations;
    private final AnnouncementFanOut announcements;
    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
    private int holds;
    private Subscription<Event.ForReaders> subscription;
    private long timer;
    private int beats;

    public StreamHub(EventBus events, Vertx vertx, TokenService tokens, PostFanOut posts, NotificationFanOut notifications,
                     ConversationFanOut conversations, AnnouncementFanOut announcements) {
        this.events = events;
        this.vertx = vertx;
        this.tokens = tokens;
        this.posts = posts;
        this.notifications = notifications;
        this.conversations = conversations;
        this.announcements = announcements;
    }

    /** Somebody is about to come: from now on events are heard. Waits. Each call needs one of {@link #release} or {@link #enter}. */
    synchronized void hold() {
        if (holds == 0) {
            subscription = events.subscribe(Event.ForReaders.class, this::happened, () -> check(readers));
            timer = vertx.setPeriodic(BEAT.toMillis(), ignored -> beat());
        }
        holds++;
    }

    /** Never waits. */
    void release() {
        Thread.ofVirtual().name("stream-release").start(this::released);
    }

    private synchronized void released() {
        holds--;
        if (holds == 0) {
            vertx.cancelTimer(timer);
            subscription.close();
            subscription = null;
        }
    }

    /** Refuses with 429 when the account has too many connections. */
    void admit(long accountId) {
        if (readers.stream().filter(reader -> reader.accountId() == accountId).count() >= MOST_PER_ACCOUNT) {
            throw Refusal.tooManyRequests(BEAT);
        }
    }

    /** The reader is there, and the hold is its own until it leaves. Its token may have ended while it came in, so that is asked once more. */
    void enter(Reader reader) {
        readers.add(reader);
        Thread.ofVirtual().name("stream-enter").start(() -> checkSafely(List.of(reader)));
    }

    /** The reader is gone; may be said twice. Never waits. */
    void leave(Reader reader) {
        if (readers.remove(reader)) {
            release();
        }
    }

    /** How many are connected. */
    int size() {
        return readers.size();
    }

    private void happened(Event.ForReaders event) {
        switch (event) {
            case StatusCreated created -> posts.created(readers, created.statusId());
            case StatusEdited edited -> posts.edited(readers, edited.statusId());
            case StatusDeleted deleted -> posts.deleted(readers, deleted);
            case NotificationCreated created -> notifications.created(of(created.accountId()), created);
            case ConversationChanged changed -> conversations.changed(of(changed.accountId()), changed);
            case AnnouncementMade made -> announcements.made(readers, made);
            case AnnouncementReacted reacted -> announcements.reacted(readers, reacted);
            case AnnouncementWithdrawn withdrawn -> announcements.withdrawn(readers, withdrawn);
            case FiltersChanged changed -> tellOwn(of(changed.accountId()), Set.of(StreamKind.USER), StreamEvent.withoutPayload("filters_changed"));
            case NotificationsMerged merged -> tellOwn(of(merged.accountId()), Set.of(StreamKind.USER, StreamKind.USER_NOTIFICATION),
                StreamEvent.of("notifications_merged", "1"));
            case TokenRevoked revoked -> readers.stream().filter(reader -> reader.token().id() == revoked.tokenId()).forEach(Reader::end);
            case AccountChanged changed -> check(of(changed.accountId()));
        }
    }

    private static void tellOwn(Collection<Reader> concerned, Set<StreamKind> kinds, StreamEvent event) {
        concerned.forEach(reader -> reader.streams().stream().filter(stream -> kinds.contains(stream.kind()))
            .forEach(stream -> reader.tell(stream, event)));
    }

    private List<Reader> of(long accountId) {
        return readers.stream().filter(reader -> reader.accountId() == accountId).toList();
    }

    private void beat() {
        readers.forEach(Reader::beat);
        if (++beats % BEATS_PER_TOKEN_CHECK == 0) {
            Thread.ofVirtual().name("stream-tokens").start(() -> checkSafely(readers));
        }
    }

    /** On a thread where nobody waits. Without a database nobody can be told anything either; the next time will show. */
    private void checkSafely(Collection<Reader> asked) {
        try {
            check(asked);
        } catch (DatabaseException unreachable) {
            LOG.warnf("The tokens of open streams could not be checked: %s", unreachable.getMessage());
        }
    }

    /** Ends the connections whose token opens nothing any more. One statement. */
    private void check(Collection<Reader> asked) {
        List<Reader> known = List.copyOf(asked);
        Set<Long> alive = tokens.aliveOf(known.stream().map(reader -> reader.token().id()).distinct().toList());
        Predicate<Reader> ended = reader -> !alive.contains(reader.token().id());
        known.stream().filter(ended).forEach(Reader::end);
    }

    /** The process stops: clients are told at once and go elsewhere. */
    @PreDestroy
    void close() {
        LOG.debugf("Ending %d streams", readers.size());
        readers.forEach(Reader::end);
    }
}
