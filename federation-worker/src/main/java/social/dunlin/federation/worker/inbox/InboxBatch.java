package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.activitypub.ApNote;
import social.dunlin.activitypub.ApReference;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.federation.inbox.InboxJob;
import social.dunlin.federation.object.Authority;
import social.dunlin.federation.object.RemoteObjects;
import social.dunlin.id.ObjectUri;
import social.dunlin.queue.JobRun;
import social.dunlin.status.RemoteStatus;
import social.dunlin.status.RemoteStatusBatch;

/**
 * The common case, many at a time: new posts of people known and followed here, which need nobody to be asked. They are
 * stored by one transaction, with the same outcome as by {@link CreateHandler}. Everything else is left to it and its like,
 * and so is each post when the batch fails.
 */
@ApplicationScoped
class InboxBatch {
    private static final Logger LOG = Logger.getLogger(InboxBatch.class);
    /** Characters; all trees of a batch are in memory at once. */
    private static final int LONGEST = 65_536;

    private final Database database;
    private final AccountStore accounts;
    private final Domains domains;
    private final Relevance relevance;
    private final RemoteObjects objects;
    private final RemoteStatusBatch statuses;
    private final SignsOfLife signs;
    private final InboxMetrics metrics;

    InboxBatch(Database database, AccountStore accounts, Domains domains, Relevance relevance, RemoteObjects objects, RemoteStatusBatch statuses,
            SignsOfLife signs, InboxMetrics metrics) {
        this.database = database;
        this.accounts = accounts;
        this.domains = domains;
        this.relevance = relevance;
        this.objects = objects;
        this.statuses = statuses;
        this.signs = signs;
        this.metrics = metrics;
    }

    /** A job and, where it could be read, what it brings. */
    private record Item(JobRun run, String sender, ApActivity activity) {
        /** What others in the batch may be about too; those of one server keep their order. */
        private String lane() {
            String about = activity == null ? null : activity.objectId();
            return about == null ? "job " + run.id() : run.fairKey() + " " + about;
        }
    }

    /** A Create that may be stored with others. */
    private record Candidate(Item item, ApNote note, Account author) {
        private ApActivity activity() {
            return item.activity;
        }
    }

    /** Gives those left, in lists whose order counts. */
    List<List<JobRun>> take(List<JobRun> runs) {
        List<Item> items = runs.stream().map(InboxBatch::read).toList();
        Set<JobRun> done = storeTogether(candidates(items));
        return List.copyOf(items.stream().filter(item -> !done.contains(item.run))
            .collect(Collectors.groupingBy(Item::lane, LinkedHashMap::new, Collectors.mapping(Item::run, Collectors.toList()))).values());
    }

    private static Item read(JobRun run) {
        try {
            InboxJob job = InboxJob.read(run);
            return new Item(run, job.sender(), job.body().length() > LONGEST ? null : Incoming.read(job));
        } catch (RuntimeException unreadable) {
            return new Item(run, null, null);
        }
    }

    private List<Candidate> candidates(List<Item> items) {
        Map<String, Account> senders = accounts.byUris(items.stream().filter(InboxBatch::isCreate).map(Item::sender).distinct().toList()).stream()
            .filter(InboxBatch::isUsual).collect(Collectors.toMap(Account::uri, Function.identity()));
        List<Candidate> candidates = new ArrayList<>();
        // What came before says more of a post, or of its author, than that it is there: their order is kept.
        Set<String> mentionedBefore = new HashSet<>();
        for (Item item : items) {
            Optional<Candidate> candidate = isCreate(item) && senders.containsKey(item.sender) && !mentionedBefore.contains(item.sender)
                ? candidate(item, senders.get(item.sender)).filter(found -> !mentionedBefore.contains(found.note.id())) : Optional.empty();
            candidate.ifPresent(candidates::add);
            if (item.activity != null) {
                mentionedBefore.addAll(named(item.activity));
            }
        }
        return candidates;
    }

    /** An activity has an object, and an Undo's or an Announce's object has one in its turn. */
    private static Collection<String> named(ApActivity activity) {
        List<String> named = new ArrayList<>();
        for (ApReference object : activity.objects()) {
            named.add(object.id());
            if (object.embedded() != null) {
                named.addAll(object.embedded().ids("object"));
            }
        }
        return named;
    }

    private static boolean isCreate(Item item) {
        return item.activity != null && item.activity.type().equals("Create") && item.sender.equals(item.activity.actor())
            && item.activity.objects().size() == 1;
    }

    private static boolean isUsual(Account sender) {
        return !sender.isLocal() && !sender.isSuspended() && sender.deletedAt() == null && !SignsOfLife.isStale(sender);
    }

    private Optional<Candidate> candidate(Item item, Account author) {
        ApReference object = item.activity.object();
        boolean mayBe = object.embedded() != null && (item.activity.id() == null || Authority.mayAssert(author.uri(), item.activity.id()));
        return mayBe && Vocabulary.read(object.embedded()) instanceof ApNote note && note.type().equals("Note")
            && Authority.mayAssert(author.uri(), note) && Authority.isKept(note) && note.poll() == null && note.quote() == null && !mayBeForwarded(item, note)
            ? Optional.of(new Candidate(item, note, author)) : Optional.empty();
    }

    /** A proven answer to a post of ours goes on to that post's readers. */
    private boolean mayBeForwarded(Item item, ApNote note) {
        boolean proven = item.activity.source().has("signature") || item.activity.source().has("proof");
        return proven && ObjectUri.tryParse(note.inReplyTo()).filter(parent -> domains.isOwnHost(parent.host().value())).isPresent();
    }

    private Set<JobRun> storeTogether(List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            return Set.of();
        }
        Set<String> seen = seen(candidates);
        Set<JobRun> done = new HashSet<>();
        candidates.stream().filter(candidate -> seen.contains(candidate.activity().id())).forEach(candidate -> done.add(candidate.item.run));
        Map<RemoteStatus, Candidate> posts = clean(candidates.stream().filter(candidate -> !done.contains(candidate.item.run)).toList());
        Set<String> left = posts.isEmpty() ? Set.of() : tryToStore(posts);
        posts.forEach((post, candidate) -> {
            if (!left.contains(post.uri())) {
                done.add(candidate.item.run);
            }
        });
        candidates.stream().filter(candidate -> done.contains(candidate.item.run)).forEach(candidate -> metrics.count("Create", true,
            seen.contains(candidate.activity().id()) ? InboxMetrics.Outcome.REPEATED : InboxMetrics.Outcome.DONE));
        candidates.stream().map(Candidate::author).distinct().forEach(signs::note);
        return done;
    }

    private Set<String> seen(List<Candidate> candidates) {
        return new HashSet<>(database.list("select uri from seen_activity where uri = any((select $1::text[])::text[])", row -> row.getString("uri"),
            (Object) candidates.stream().map(candidate -> candidate.activity().id()).filter(Objects::nonNull).toArray(String[]::new)));
    }

    /** Those of people followed here who name nobody unknown, cleaned. */
    private Map<RemoteStatus, Candidate> clean(List<Candidate> candidates) {
        Set<Long> followed = relevance.followedHere(candidates.stream().map(candidate -> candidate.author.id()).distinct().toList());
        List<Candidate> concerning = candidates.stream().filter(candidate -> followed.contains(candidate.author.id())).toList();
        Map<String, Long> people = objects.knownPeople(concerning.stream()
            .flatMap(candidate -> RemoteObjects.people(candidate.note, candidate.activity(), candidate.author).all().stream()).collect(Collectors.toSet()));
        Map<RemoteStatus, Candidate> posts = new LinkedHashMap<>();
        for (Candidate candidate : concerning) {
            try {
                RemoteObjects.cleanKnown(candidate.note, candidate.activity(), candidate.author, people).filter(RemoteStatusBatch::isPlain)
                    .ifPresent(post -> posts.put(post, candidate));
            } catch (RuntimeException | StackOverflowError poisoned) {
                LOG.debugf("%s is left to be done by itself: %s", candidate.item.run, poisoned);
            }
        }
        return posts;
    }

    /** All are left when it fails: one of them may be at fault, or somebody else. */
    private Set<String> tryToStore(Map<RemoteStatus, Candidate> posts) {
        try {
            return store(posts);
        } catch (RuntimeException failure) {
            LOG.warnf("%d posts could not be stored together: %s", posts.size(), failure.getMessage());
            return posts.keySet().stream().map(RemoteStatus::uri).collect(Collectors.toSet());
        }
    }

    /** With the memory of their activities, so that nothing is done twice whatever dies. */
    private Set<String> store(Map<RemoteStatus, Candidate> posts) {
        return database.transaction(() -> {
            Set<String> left = statuses.store(List.copyOf(posts.keySet()));
            database.send("insert into seen_activity (uri) select uri from unnest($1::text[]) as uri order by uri on conflict do nothing",
                (Object) posts.entrySet().stream().filter(post -> !left.contains(post.getKey().uri())).map(post -> post.getValue().activity().id())
                    .filter(Objects::nonNull).toArray(String[]::new));
            return left;
        });
    }
}
