package social.dunlin.federation.thread;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import social.dunlin.activitypub.ApNote;
import social.dunlin.database.Database;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.fetch.CollectionReader;
import social.dunlin.federation.http.FetchBudget;
import social.dunlin.federation.object.RemoteObjects;
import social.dunlin.id.ObjectUri;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;
import social.dunlin.status.Visibility;

/**
 * Fetches what is missing of a thread: the posts above, then what the root's context lists (FEP-7888, FEP-f228), else
 * the replies its posts list, level by level. Bounded in posts, levels, requests in all and requests to one host
 * (hostile input 56). Everything is fetched from its own id; a list only says where to look.
 */
@ApplicationScoped
public class ThreadCompletion {
    private static final int KNOWN_POSTS = 500;
    private static final int KNOWN_DEPTH = 50;

    private final Database database;
    private final StatusStore statuses;
    private final RemoteObjects objects;
    private final CollectionReader collections;
    private final OriginNumbers numbers;

    public ThreadCompletion(Database database, StatusStore statuses, RemoteObjects objects, CollectionReader collections, OriginNumbers numbers) {
        this.database = database;
        this.statuses = statuses;
        this.objects = objects;
        this.collections = collections;
        this.numbers = numbers;
    }

    /**
     * @param statusId the post that was opened
     * @return how many posts were found
     */
    public int complete(long statusId) {
        return statuses.byId(statusId).flatMap(opened -> statuses.byId(opened.originalId())).map(opened -> complete(opened, Budgets.forThread())).orElse(0);
    }

    private int complete(Status opened, FetchBudget budget) {
        List<Status> known = ancestors(opened);
        Status highest = known.isEmpty() ? opened : known.getFirst();
        if (highest.inReplyToUri() != null && highest.inReplyToId().isEmpty()) {
            objects.fetchAncestors(highest.inReplyToUri(), budget);
        }
        List<Status> above = ancestors(opened);
        Status root = above.isEmpty() ? opened : above.getFirst();
        ThreadWalk walk = new ThreadWalk(statuses, objects, collections, numbers, new HashSet<>(List.of(root.id(), opened.id())), budget);
        List<Status> below = statuses.descendants(root, KNOWN_POSTS, KNOWN_DEPTH);
        walk.knows(root);
        below.forEach(walk::knows);
        Optional<ApNote> document = walk.look(root);
        document.ifPresent(note -> rememberContext(root, note));
        boolean listed = document.isPresent() && walk.takeContext(root, document.get());
        if (listed) {
            walk.expand(Stream.of(opened).filter(ThreadCompletion::isElsewhere));
        } else {
            walk.expand(Stream.concat(Stream.of(root, opened), below.reversed().stream()).filter(ThreadCompletion::isElsewhere));
        }
        return above.size() - known.size() + walk.taken();
    }

    private List<Status> ancestors(Status status) {
        return statuses.ancestors(status.id(), KNOWN_POSTS);
    }

    private static boolean isElsewhere(Status status) {
        return !status.local() && (status.visibility() == Visibility.PUBLIC || status.visibility() == Visibility.UNLISTED);
    }

    /** Answers written here name it, as its readers elsewhere expect. The root's own server alone may say where it is. */
    private void rememberContext(Status root, ApNote note) {
        boolean own = ObjectUri.tryParse(note.context()).filter(ObjectUri.parse(note.id())::sameOrigin).isPresent();
        if (own) {
            database.execute("update conversation set context_uri = $2 where id = $1 and context_uri is distinct from $2",
                root.conversationId(), note.context());
        }
    }
}
