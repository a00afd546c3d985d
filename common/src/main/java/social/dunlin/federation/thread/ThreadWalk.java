package social.dunlin.federation.thread;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;
import social.dunlin.activitypub.ApNote;
import social.dunlin.activitypub.ApReference;
import social.dunlin.federation.fetch.CollectionReader;
import social.dunlin.federation.http.FetchBudget;
import social.dunlin.federation.object.RemoteObjects;
import social.dunlin.id.ObjectUri;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;

/** One walk through one thread, with what it has seen and may still spend. */
final class ThreadWalk {
    private static final int MAXIMUM_NEW_POSTS = 200;
    private static final int MAXIMUM_LEVELS = 10;
    private static final int MAXIMUM_MEMBERS = 200;
    private static final int MAXIMUM_PAGES = 5;
    /** Posts asked of one host in one walk; each may cost a few requests. */
    private static final int MAXIMUM_PER_HOST = 60;
    /** What is kept back for finding the authors of posts fetched already: document, WebFinger, one more for a split domain. */
    private static final int REQUESTS_PER_AUTHOR = 3;

    private final StatusStore statuses;
    private final RemoteObjects objects;
    private final CollectionReader collections;
    private final OriginNumbers numbers;
    private final FetchBudget budget;
    /** Posts whose numbers are worth requests of their own. */
    private final Set<Long> shown;
    /** Ids of the thread's posts: what answers none of them is of another thread. */
    private final Set<String> posts = new HashSet<>();
    private final Set<String> looked = new HashSet<>();
    private final Map<String, Integer> askedOfHost = new HashMap<>();
    private final Map<Long, ApNote> documents = new HashMap<>();
    private int taken;

    ThreadWalk(StatusStore statuses, RemoteObjects objects, CollectionReader collections, OriginNumbers numbers, Set<Long> shown,
            FetchBudget budget) {
        this.statuses = statuses;
        this.objects = objects;
        this.collections = collections;
        this.numbers = numbers;
        this.shown = shown;
        this.budget = budget;
    }

    /** How many posts it has brought. */
    int taken() {
        return taken;
    }

    void knows(Status status) {
        posts.add(status.uri());
    }

    /** The document of a stored post from its origin, its numbers taken; nothing for posts of ours. */
    Optional<ApNote> look(Status status) {
        if (documents.containsKey(status.id())) {
            return Optional.of(documents.get(status.id()));
        }
        if (status.local() || !mayAsk(status.uri())) {
            return Optional.empty();
        }
        Optional<ApNote> note = objects.lookAgain(status, budget);
        note.ifPresent(found -> {
            documents.put(status.id(), found);
            takeNumbers(status, found);
        });
        return note;
    }

    private void takeNumbers(Status status, ApNote note) {
        if (shown.contains(status.id())) {
            numbers.ask(status.id(), note, budget);
        } else {
            numbers.take(status.id(), note);
        }
    }

    /** Takes what the root's context lists; false when there is none to read. */
    boolean takeContext(Status root, ApNote note) {
        ObjectUri owner = ObjectUri.parse(note.id());
        ApReference history = note.source().reference("contextHistory");
        ApReference context = note.context() == null ? null : new ApReference(note.context(), null);
        for (ApReference list : Stream.of(Optional.ofNullable(history), Optional.ofNullable(context)).flatMap(Optional::stream).toList()) {
            List<String> members = collections.read(list, owner, MAXIMUM_MEMBERS, MAXIMUM_PAGES, budget).ids();
            if (!members.isEmpty()) {
                takeThoseOfTheThread(fetch(members));
                return true;
            }
        }
        return false;
    }

    /** Level by level below these posts. */
    void expand(Stream<Status> beginnings) {
        Queue<Status> level = new ArrayDeque<>(beginnings.toList());
        for (int depth = 0; depth < MAXIMUM_LEVELS && !level.isEmpty(); depth++) {
            Queue<Status> next = new ArrayDeque<>();
            for (Status status : level) {
                if (isOver()) {
                    return;
                }
                next.addAll(repliesTo(status));
            }
            level = next;
        }
    }

    private List<Status> repliesTo(Status status) {
        Optional<ApNote> note = looked.add(status.uri()) ? look(status) : Optional.empty();
        if (note.isEmpty() || note.get().replies() == null) {
            return List.of();
        }
        List<String> members = collections.read(note.get().replies(), ObjectUri.parse(status.uri()), MAXIMUM_MEMBERS, MAXIMUM_PAGES, budget).ids();
        return fetch(members).stream().filter(reply -> status.uri().equals(reply.inReplyTo()))
            .map(this::stored).flatMap(Optional::stream).toList();
    }

    /** Whatever their order: what answers a post of the thread is one itself. */
    private void takeThoseOfTheThread(List<ApNote> notes) {
        List<ApNote> waiting = new ArrayList<>(notes);
        boolean found = true;
        while (found && taken < MAXIMUM_NEW_POSTS) {
            List<ApNote> next = waiting.stream().filter(note -> posts.contains(note.inReplyTo())).toList();
            waiting.removeAll(next);
            found = next.stream().map(this::stored).filter(Optional::isPresent).count() > 0;
        }
    }

    /** The answers among these that are not here yet. */
    private List<ApNote> fetch(Collection<String> ids) {
        Set<String> known = new HashSet<>(statuses.byUris(ids).keySet());
        known.addAll(statuses.tombstonedOf(ids));
        List<ApNote> fetched = new ArrayList<>();
        Set<String> authors = new HashSet<>();
        for (String id : ids) {
            if (taken + fetched.size() >= MAXIMUM_NEW_POSTS || budget.remainingFetches() <= REQUESTS_PER_AUTHOR * authors.size()) {
                break;
            }
            if (!known.contains(id) && mayAsk(id)) {
                objects.fetchNote(id, budget).filter(note -> note.inReplyTo() != null).ifPresent(note -> {
                    fetched.add(note);
                    authors.add(note.attributedTo());
                });
            }
        }
        return fetched;
    }

    private Optional<Status> stored(ApNote note) {
        Optional<Status> stored = objects.take(note, budget);
        stored.ifPresent(status -> {
            taken++;
            knows(status);
            documents.put(status.id(), note);
            takeNumbers(status, note);
        });
        return stored;
    }

    private boolean isOver() {
        return taken >= MAXIMUM_NEW_POSTS || budget.remainingFetches() <= 0;
    }

    private boolean mayAsk(String uri) {
        return ObjectUri.tryParse(uri).filter(address -> askedOfHost.merge(address.host().value(), 1, Integer::sum) <= MAXIMUM_PER_HOST).isPresent();
    }
}
