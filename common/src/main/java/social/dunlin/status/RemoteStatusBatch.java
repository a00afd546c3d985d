package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import social.dunlin.database.Database;
import social.dunlin.event.Event.StatusCreated;
import social.dunlin.event.EventBus;
import social.dunlin.id.Snowflakes;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.Telling;
import social.dunlin.notification.NotificationType;
import social.dunlin.search.StatusSearchIndex;
import social.dunlin.text.Hashtag;
import social.dunlin.timeline.HomeFeedStore;

/**
 * What {@link RemoteStatuses#store} does for one post, for many in one transaction and with as many statements as for one.
 * It takes the plain ones, about which nothing is to be decided and nobody to be asked, and leaves the others.
 */
@ApplicationScoped
public class RemoteStatusBatch {
    private static final Set<Visibility> PLAIN = Set.of(Visibility.PUBLIC, Visibility.UNLISTED, Visibility.PRIVATE);
    private static final int CANDIDATES = 3;

    private final Database database;
    private final StatusStore statuses;
    private final StatusBatchWriter writer;
    private final StatusPartsWriter parts;
    private final StatusFollowUps followUps;
    private final HomeFeedStore home;
    private final NotificationService notifications;
    private final EventBus events;

    public RemoteStatusBatch(Database database, StatusStore statuses, StatusBatchWriter writer, StatusPartsWriter parts, StatusFollowUps followUps,
            HomeFeedStore home, NotificationService notifications, EventBus events) {
        this.database = database;
        this.statuses = statuses;
        this.writer = writer;
        this.parts = parts;
        this.followUps = followUps;
        this.home = home;
        this.notifications = notifications;
        this.events = events;
    }

    /** Whether a post is of the kind that is stored together with others. */
    public static boolean isPlain(RemoteStatus data) {
        return data.poll() == null && data.quote() == null && data.groupAccountId() == null && PLAIN.contains(data.visibility());
    }

    /** A post on its way into its row. */
    private record Arriving(long id, RemoteStatus data, Instant published, Status parent, String authorHost) {
        private boolean isNews() {
            return published.isAfter(Instant.now().minus(RemoteStatuses.NEWS));
        }
    }

    /**
     * Stores them all, or none when it throws. Repeated, deleted and refused ones are done with, as by
     * {@link RemoteStatuses#store}.
     *
     * @param posts plain ones ({@link #isPlain}), each address once
     * @return the addresses of those that need more than being written: their parent is unknown, or others waited for them
     */
    public Set<String> store(List<RemoteStatus> posts) {
        return database.transaction(() -> {
            writer.lock(posts.stream().map(RemoteStatus::uri).toList());
            Map<String, Status> parents = statuses.byUris(posts.stream().map(RemoteStatus::inReplyToUri).filter(Objects::nonNull).distinct().toList());
            Map<String, StatusBatchWriter.Arrival> arrivals = writer.arrivals(posts);
            Set<String> left = new HashSet<>();
            List<Arriving> arriving = new ArrayList<>();
            IdSource ids = new IdSource(posts, parents);
            for (RemoteStatus data : posts) {
                StatusBatchWriter.Arrival arrival = arrivals.get(data.uri());
                Status parent = parent(data, parents);
                if (arrival.settled() || arrival.authorHost() == null) {
                    continue;
                }
                Long id = ids.next(data);
                if (arrival.awaited() || id == null || data.inReplyToUri() != null && parent == null) {
                    left.add(data.uri());
                } else {
                    arriving.add(new Arriving(id, data, ids.published(data), parent, arrival.authorHost()));
                }
            }
            if (!arriving.isEmpty()) {
                insert(arriving);
            }
            return left;
        });
    }

    private static Status parent(RemoteStatus data, Map<String, Status> parents) {
        return data.inReplyToUri() == null ? null : parents.get(data.inReplyToUri());
    }

    /** Draws an id for each that nobody has, within the batch or before it. */
    private final class IdSource {
        private final Instant now = Instant.now();
        private final Map<String, List<Long>> candidates = new HashMap<>();
        private final Set<Long> taken;

        IdSource(List<RemoteStatus> posts, Map<String, Status> parents) {
            posts.forEach(data -> candidates.put(data.uri(), draw(data, parent(data, parents))));
            taken = writer.taken(candidates.values().stream().flatMap(List::stream).toList());
        }

        private List<Long> draw(RemoteStatus data, Status parent) {
            return Stream.of(StatusWriter.candidates(published(data), parent)).limit(CANDIDATES).toList();
        }

        private Instant published(RemoteStatus data) {
            return RemoteStatuses.published(data, now);
        }

        /** Null when all that were drawn are taken. */
        private Long next(RemoteStatus data) {
            return candidates.get(data.uri()).stream().filter(taken::add).findFirst().orElse(null);
        }
    }

    private void insert(List<Arriving> arriving) {
        Map<String, Long> named = writer.conversations(arriving.stream().filter(post -> post.parent == null)
            .map(post -> post.data.conversationUri()).filter(Objects::nonNull).collect(Collectors.toCollection(TreeSet::new)));
        List<Long> begun = new ArrayList<>();
        List<StatusWriter.Row> rows = arriving.stream()
            .map(post -> RemoteStatuses.row(post.id, post.data, post.published, conversation(post, named, begun), post.parent)).toList();
        writer.beginConversations(begun);
        writer.insert(rows);
        writeParts(arriving);
        Map<Long, StatusSearchIndex.Text> texts = new LinkedHashMap<>();
        arriving.forEach(post -> texts.put(post.id, text(post.data)));
        followUps.written(texts);
        List<Arriving> news = arriving.stream().filter(Arriving::isNews).toList();
        if (!news.isEmpty()) {
            enterFeeds(news);
            tell(news);
        }
        events.publishAll(arriving.stream().map(post -> new StatusCreated(post.id, post.data.accountId())).toList());
    }

    private static long conversation(Arriving post, Map<String, Long> named, List<Long> begun) {
        if (post.parent != null) {
            return post.parent.conversationId();
        }
        if (post.data.conversationUri() != null) {
            return named.get(post.data.conversationUri());
        }
        long id = Snowflakes.next();
        begun.add(id);
        return id;
    }

    private void writeParts(List<Arriving> arriving) {
        Map<Long, List<RemoteStatus.Mention>> mentions = new LinkedHashMap<>();
        Map<Long, List<Hashtag>> tags = new LinkedHashMap<>();
        List<Object[]> attachments = new ArrayList<>();
        StatusPartsWriter.Emojis emojis = new StatusPartsWriter.Emojis();
        for (Arriving post : arriving) {
            mentions.put(post.id, post.data.mentions());
            tags.put(post.id, RemoteStatuses.tags(post.data));
            attachments.addAll(StatusPartsWriter.attachmentRows(post.id, post.data.accountId(), post.data.attachments()));
            emojis.add(post.authorHost, post.data.emojis());
        }
        parts.addMentions(mentions);
        parts.addTags(tags);
        parts.addAttachments(attachments);
        parts.emojis(emojis);
    }

    private static StatusSearchIndex.Text text(RemoteStatus data) {
        return new StatusSearchIndex.Text(data.content(), Stream.concat(Stream.of(data.title() == null ? "" : data.title(), data.spoilerText()),
            data.attachments().stream().map(RemoteStatus.Attachment::description).filter(Objects::nonNull)).toList());
    }

    /** By what is known of them already, so that PostgreSQL looks for nothing that cannot be. */
    private void enterFeeds(List<Arriving> news) {
        record Kind(Visibility visibility, boolean answers, boolean mentions) {
        }
        news.stream().collect(Collectors.groupingBy(
                post -> new Kind(post.data.visibility(), post.data.inReplyToUri() != null, !post.data.mentions().isEmpty()), LinkedHashMap::new, Collectors.toList()))
            .forEach((kind, posts) -> home.addPosts(posts.stream().map(Arriving::id).toList(), kind.visibility, kind.answers, kind.mentions));
    }

    private void tell(List<Arriving> news) {
        notifications.notifyEach(NotificationType.MENTION, news.stream().flatMap(post -> RemoteStatuses.mentioned(post.data).stream()
            .map(person -> new Telling(person, post.id, post.data.accountId()))).toList());
        List<Arriving> own = news.stream().filter(post -> !RemoteStatuses.answersOthers(post.data, post.parent)).toList();
        Map<Long, List<Long>> watchers = writer.watchers(own.stream().map(post -> post.data.accountId()).distinct().toList()).stream()
            .collect(Collectors.groupingBy(StatusBatchWriter.Watcher::authorId, Collectors.mapping(StatusBatchWriter.Watcher::accountId, Collectors.toList())));
        notifications.notifyEach(NotificationType.STATUS, own.stream().flatMap(post -> watchers.getOrDefault(post.data.accountId(), List.of()).stream()
            .map(watcher -> new Telling(watcher, post.id, post.data.accountId()))).toList());
    }
}
