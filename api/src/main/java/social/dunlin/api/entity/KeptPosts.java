package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.config.NodeSize;
import social.dunlin.database.Database;
import social.dunlin.event.Event;
import social.dunlin.event.EventBus;
import social.dunlin.media.proxy.MediaRejections;
import social.dunlin.status.PublishedPost.Fresh;
import social.dunlin.status.Status;
import social.dunlin.status.StatusGlance;
import social.dunlin.status.StatusStore;

/**
 * Posts and their authors, written out and kept in this process (docs/adr/0020). What is kept holds as long as the row it
 * was written from is the same, which the glance at the post says: nobody is ever shown an old one, whichever process
 * changed it. Events take away what rows do not tell: the names of people who are mentioned, pictures of emoji, and whose
 * media are shown to nobody.
 */
@Singleton
class KeptPosts {
    private static final int LARGEST_PART_OF_HEAP = 10;

    private final StatusStore statuses;
    private final StatusRenderer statusRenderer;
    private final AccountRenderer accountRenderer;
    private final ObjectMapper json;
    private final Database database;
    private final EventBus events;
    private final MediaRejections rejections;
    private final Kept<KeptStatus> posts;
    private final Kept<KeptAccount> people;
    private boolean listening;

    @Inject
    KeptPosts(StatusStore statuses, StatusRenderer statusRenderer, AccountRenderer accountRenderer, ObjectMapper json, Database database, EventBus events,
              MediaRejections rejections, DunlinConfiguration configuration) {
        this(statuses, statusRenderer, accountRenderer, json, database, events, rejections,
            mostBytes(configuration.memory().size().orElseGet(() -> NodeSize.of(NodeSize.machineMegabytes()))));
    }

    KeptPosts(StatusStore statuses, StatusRenderer statusRenderer, AccountRenderer accountRenderer, ObjectMapper json, Database database, EventBus events,
              MediaRejections rejections, long mostBytes) {
        this.statuses = statuses;
        this.statusRenderer = statusRenderer;
        this.accountRenderer = accountRenderer;
        this.json = json;
        this.database = database;
        this.events = events;
        this.rejections = rejections;
        this.posts = new Kept<>(mostBytes * 2 / 3, KeptStatus::weight);
        this.people = new Kept<>(mostBytes / 3, KeptAccount::weight);
    }

    private static long mostBytes(NodeSize size) {
        long megabytes = switch (size) {
            case TINY -> 2;
            case SMALL -> 4;
            case MEDIUM -> 12;
            case LARGE -> 48;
        };
        return Math.min(megabytes << 20, Runtime.getRuntime().maxMemory() / LARGEST_PART_OF_HEAP);
    }

    /** Posts and authors, by id; those that have gone since the glance are missing. */
    record Found(Map<Long, KeptStatus> posts, Map<Long, KeptAccount> people) {
    }

    /** A fixed number of statements when something is not there, and none when all is. @param glances by post */
    Found of(Map<Long, StatusGlance> glances, long domainId) {
        listen();
        long since = posts.generation();
        long peopleSince = people.generation();
        Map<Long, StatusGlance> byAuthor = HashMap.newHashMap(glances.size());
        for (StatusGlance glance : glances.values()) {
            byAuthor.put(glance.accountId(), glance);
        }
        List<Long> missing = new ArrayList<>();
        List<Long> missingPeople = new ArrayList<>();
        Map<Long, KeptStatus> found = posts.of(glances.keySet(), domainId, (id, post) -> post.version == glances.get(id).version(), missing);
        Map<Long, KeptAccount> authors = people.of(byAuthor.keySet(), domainId, (id, author) -> author.version() == byAuthor.get(id).authorVersion(), missingPeople);
        Map<Long, AccountEntity> read = missing.isEmpty() ? Map.of() : addPosts(missing, glances, found, domainId, since);
        if (!missingPeople.isEmpty()) {
            addAuthors(missingPeople, byAuthor, authors, read, domainId, peopleSince);
        }
        return new Found(found, authors);
    }

    /** Keeps a post that has just been written and committed, without reading anything of it. */
    void add(Status status, Fresh fresh, long domainId) {
        listen();
        long since = posts.generation();
        posts.put(status.id(), domainId, KeptStatus.of(json, statusRenderer.renderBare(status, fresh), fresh.glance().version()), since);
    }

    /** The authors that came with the posts. */
    private Map<Long, AccountEntity> addPosts(List<Long> missing, Map<Long, StatusGlance> byId, Map<Long, KeptStatus> found, long domainId, long since) {
        Map<Long, AccountEntity> authors = new HashMap<>();
        statusRenderer.renderBare(statuses.byIds(missing).values()).forEach(bare -> {
            KeptStatus post = KeptStatus.of(json, bare, byId.get(bare.status().id()).version());
            found.put(post.id, post);
            authors.put(post.accountId, bare.entity().account());
            if (!database.inTransaction()) {
                posts.put(post.id, domainId, post, since);
            }
        });
        return authors;
    }

    /** @param came those that came with their posts */
    private void addAuthors(List<Long> missing, Map<Long, StatusGlance> byAuthor, Map<Long, KeptAccount> authors, Map<Long, AccountEntity> came, long domainId,
                            long since) {
        Map<Long, AccountEntity> read = new HashMap<>(came);
        List<Long> unread = missing.stream().filter(id -> !read.containsKey(id)).toList();
        if (!unread.isEmpty()) {
            read.putAll(accountRenderer.renderIds(unread));
        }
        missing.stream().filter(read::containsKey).forEach(id -> {
            KeptAccount author = KeptAccount.of(json, byAuthor.get(id).authorVersion(), read.get(id));
            authors.put(id, author);
            if (!author.moved() && !database.inTransaction()) {
                people.put(id, domainId, author, since);
            }
        });
    }

    /** With the first reader, so that a process which shows nothing to anybody does not listen. */
    private synchronized void listen() {
        if (!listening) {
            listening = true;
            events.subscribe(Event.AccountChanged.class, changed -> posts.drop(post -> post.mentions(changed.accountId())), this::clear);
            rejections.onChange(this::clear);
            events.subscribe(Event.EmojisChanged.class, ignored -> clear(), this::clear);
            events.subscribe(Event.StatusDeleted.class, deleted -> posts.forget(post -> post.id == deleted.statusId()), this::clear);
        }
    }

    void clear() {
        posts.drop(ignored -> true);
        people.drop(ignored -> true);
    }

    /** How many posts are kept, and how many bytes they and their authors take. */
    int size() {
        return posts.size();
    }

    long bytes() {
        return posts.bytes() + people.bytes();
    }
}
