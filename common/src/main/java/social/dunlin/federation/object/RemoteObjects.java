package social.dunlin.federation.object;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import social.dunlin.account.Account;
import social.dunlin.activitypub.ActivityStreams;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.activitypub.ApEntity;
import social.dunlin.activitypub.ApNote;
import social.dunlin.activitypub.ApTag;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.federation.actor.ActorFetch;
import social.dunlin.federation.actor.RemoteActors;
import social.dunlin.federation.fetch.DocumentFetcher;
import social.dunlin.federation.fetch.Fetched;
import social.dunlin.federation.http.FetchBudget;
import social.dunlin.id.ObjectUri;
import social.dunlin.status.RemoteStatus;
import social.dunlin.status.RemoteStatuses;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;
import social.dunlin.status.StoredStatus;

/**
 * Posts of other servers: fetched from their origin and stored, with the posts they answer up to a depth and the
 * budget's end (hostile input 56). Local posts are answered from the store alone.
 */
@ApplicationScoped
public class RemoteObjects {
    private static final int MAXIMUM_DEPTH = 20;
    private static final int MAXIMUM_MENTIONS = 200;
    private static final int MAXIMUM_UNKNOWN_PEOPLE = 5;

    private final Database database;
    private final Domains domains;
    private final StatusStore statuses;
    private final RemoteStatuses remoteStatuses;
    private final RemoteActors actors;
    private final DocumentFetcher fetcher;

    public RemoteObjects(Database database, Domains domains, StatusStore statuses, RemoteStatuses remoteStatuses, RemoteActors actors,
            DocumentFetcher fetcher) {
        this.database = database;
        this.domains = domains;
        this.statuses = statuses;
        this.remoteStatuses = remoteStatuses;
        this.actors = actors;
        this.fetcher = fetcher;
    }

    /** The stored post of this id, else the fetched one, with its ancestors. Empty when it cannot be had. */
    public Optional<Status> byUri(String uri, FetchBudget budget) {
        Optional<Status> known = statuses.byUri(uri);
        return known.isPresent() || statuses.isTombstoned(uri) ? known : fetch(uri, budget);
    }

    private Optional<Status> fetch(String uri, FetchBudget budget) {
        return fetchNote(uri, budget).flatMap(note -> take(note, budget));
    }

    /** A document fetched from its own id: the post it is or leads to, stored before or now. */
    public Optional<Status> ingest(Fetched.Document document, FetchBudget budget) {
        Optional<Status> known = statuses.byUri(document.uri().value());
        return known.isPresent() ? known : note(document, budget).flatMap(note -> take(note, budget));
    }

    /** Stores a post that was fetched by {@link #fetchNote}, and the posts it answers. */
    public Optional<Status> take(ApNote note, FetchBudget budget) {
        Optional<Status> stored = storeFetched(note, budget, remoteStatuses::store);
        stored.ifPresent(status -> fetchAncestors(note.inReplyTo(), budget));
        return stored;
    }

    /** What the address of a post answers. */
    public sealed interface Look {
        record Here(ApNote note) implements Look {
        }

        /** Its origin says that it was deleted: 410, or a Tombstone in its place. A 404 may be meant for us alone. */
        record Gone() implements Look {
        }

        /** It cannot be had, or is none. */
        record Nothing() implements Look {
        }
    }

    /** A post from its own address, its author living there too; an activity leads to its object. */
    public Look look(String uri, FetchBudget budget) {
        Optional<ObjectUri> address = ObjectUri.tryParse(uri).filter(parsed -> !domains.isOwnHost(parsed.host().value()));
        if (address.isEmpty()) {
            return new Look.Nothing();
        }
        return switch (fetcher.byId(address.get(), budget)) {
            case Fetched.Document document when document.object().isA("Tombstone") -> new Look.Gone();
            case Fetched.Document document -> note(document, budget).<Look>map(Look.Here::new).orElse(new Look.Nothing());
            case Fetched.Failed(Fetched.Reason reason) -> reason == Fetched.Reason.GONE ? new Look.Gone() : new Look.Nothing();
        };
    }

    /** {@link #look}, when it is there. */
    public Optional<ApNote> fetchNote(String uri, FetchBudget budget) {
        return look(uri, budget) instanceof Look.Here(ApNote note) ? Optional.of(note) : Optional.empty();
    }

    public boolean isGone(String uri, FetchBudget budget) {
        return look(uri, budget) instanceof Look.Gone;
    }

    /** A stored post as its origin has it now. One that is deleted there is deleted here too. */
    public Optional<ApNote> lookAgain(Status stored, FetchBudget budget) {
        return switch (look(stored.uri(), budget)) {
            case Look.Here(ApNote note) -> Optional.of(note).filter(found -> found.id().equals(stored.uri()));
            case Look.Gone gone -> {
                remoteStatuses.deletedAtOrigin(stored);
                yield Optional.empty();
            }
            case Look.Nothing nothing -> Optional.empty();
        };
    }

    private Optional<ApNote> note(Fetched.Document document, FetchBudget budget) {
        return switch (Vocabulary.read(document.object())) {
            case ApNote note -> Optional.of(note).filter(Authority::isConsistent).filter(Authority::isKept);
            case ApActivity activity when activity.type().equals("Create") && activity.objectId() != null
                && Authority.mayAssert(document.uri().value(), activity.objectId()) && !activity.objectId().equals(document.uri().value()) ->
                fetchNote(activity.objectId(), budget);
            case ApEntity other -> Optional.empty();
        };
    }

    private Optional<Status> storeFetched(ApNote note, FetchBudget budget, Function<RemoteStatus, StoredStatus> store) {
        return switch (actors.byUri(note.attributedTo(), budget)) {
            case ActorFetch.Found(Account author) when !author.isLocal() && !author.isSuspended() ->
                stored(store.apply(clean(note, null, author, budget)));
            case ActorFetch.Found unusable -> Optional.empty();
            case ActorFetch.Gone gone -> Optional.empty();
            case ActorFetch.Refused refused -> Optional.empty();
            case ActorFetch.Unreachable unreachable -> Optional.empty();
        };
    }

    private Optional<Status> stored(StoredStatus outcome) {
        return switch (outcome) {
            case StoredStatus.Stored(long id, boolean fresh) -> statuses.byId(id);
            case StoredStatus.Tombstoned tombstoned -> Optional.empty();
            case StoredStatus.Refused refused -> Optional.empty();
        };
    }

    /** Upwards until something known, unavailable or too deep; a circle ends at what is stored by then. */
    public void fetchAncestors(String parentUri, FetchBudget budget) {
        String next = parentUri;
        for (int depth = 0; depth < MAXIMUM_DEPTH && next != null; depth++) {
            if (statuses.byUri(next).isPresent() || statuses.isTombstoned(next)) {
                return;
            }
            Optional<ApNote> parent = fetchNote(next, budget);
            if (parent.isEmpty() || storeFetched(parent.get(), budget, remoteStatuses::storeInPassing).isEmpty()) {
                return;
            }
            next = parent.get().inReplyTo();
        }
    }

    /**
     * What an author hands us about a post of their own, as data to be stored. {@link Authority#mayAssert(String, ApNote)}
     * was asked before.
     *
     * @param carrier the activity it came in; null when it was fetched
     */
    public RemoteStatus clean(ApNote note, ApActivity carrier, Account author, FetchBudget budget) {
        return NoteCleaner.clean(note, carrier, author, mentions(note, carrier, author, budget));
    }

    private List<RemoteStatus.Mention> mentions(ApNote note, ApActivity carrier, Account author, FetchBudget budget) {
        People people = people(note, carrier, author);
        Map<String, Long> known = knownPeople(people.all());
        fetchUnknown(people.tagged, known, budget);
        return mentions(people, known);
    }

    /** Whom a post names: in its text, and by its addresses alone. */
    public record People(Set<String> tagged, Set<String> addressed) {
        public Set<String> all() {
            Set<String> all = new LinkedHashSet<>(tagged);
            all.addAll(addressed);
            return all;
        }
    }

    /** Asks nobody. @param carrier the activity it came in; null when it was fetched */
    public static People people(ApNote note, ApActivity carrier, Account author) {
        return new People(new LinkedHashSet<>(note.mentions().stream().map(ApTag.Mention::href).filter(Objects::nonNull)
            .limit(MAXIMUM_MENTIONS).toList()), new LinkedHashSet<>(addresses(note, carrier)
            .filter(address -> !ActivityStreams.isPublic(address) && !address.equals(author.followersUrl()))
            .limit(MAXIMUM_MENTIONS).toList()));
    }

    /** As {@link #clean(ApNote, ApActivity, Account, FetchBudget)} when it needs nobody to be looked up. @param known {@link #knownPeople} */
    public static Optional<RemoteStatus> cleanKnown(ApNote note, ApActivity carrier, Account author, Map<String, Long> known) {
        People people = people(note, carrier, author);
        return known.keySet().containsAll(people.tagged)
            ? Optional.of(NoteCleaner.clean(note, carrier, author, mentions(people, known))) : Optional.empty();
    }

    private static List<RemoteStatus.Mention> mentions(People people, Map<String, Long> known) {
        Map<Long, RemoteStatus.Mention> mentions = new LinkedHashMap<>();
        people.all().stream().filter(known::containsKey).forEach(address -> mentions.merge(known.get(address),
            new RemoteStatus.Mention(known.get(address), !people.tagged.contains(address)),
            (one, other) -> one.silent() ? other : one));
        return List.copyOf(mentions.values());
    }

    private static Stream<String> addresses(ApNote note, ApActivity carrier) {
        boolean bare = note.to().isEmpty() && note.cc().isEmpty() && carrier != null;
        Stream<String> told = bare ? Stream.concat(carrier.to().stream(), carrier.cc().stream()) : Stream.concat(note.to().stream(), note.cc().stream());
        // The community a post stands in may be named here alone (FEP-1b12).
        return Stream.concat(told, note.audience().stream());
    }

    /** By id, or by profile page, which some put into mentions. Indexes: account_uri, account_url. */
    public Map<String, Long> knownPeople(Collection<String> addresses) {
        Map<String, Long> known = new HashMap<>();
        if (!addresses.isEmpty()) {
            database.list("""
                select id, uri, url from account where uri = any((select $1::text[])::text[]) and deleted_at is null
                union all
                select id, uri, url from account where url = any((select $1::text[])::text[]) and url is not null and deleted_at is null""",
                row -> {
                    known.put(row.getString("uri"), row.getLong("id"));
                    return row.getString("url") == null ? null : known.putIfAbsent(row.getString("url"), row.getLong("id"));
                }, (Object) addresses.toArray(String[]::new));
        }
        return known;
    }

    /** A few strangers are looked up; a post that names hundreds is stored without them. */
    private void fetchUnknown(Collection<String> tagged, Map<String, Long> known, FetchBudget budget) {
        List<String> unknown = tagged.stream().filter(address -> !known.containsKey(address)).limit(MAXIMUM_UNKNOWN_PEOPLE).toList();
        for (String address : unknown) {
            accountId(actors.byUri(address, budget)).ifPresent(id -> known.put(address, id));
        }
    }

    private static OptionalLong accountId(ActorFetch fetch) {
        return fetch instanceof ActorFetch.Found(Account account) ? OptionalLong.of(account.id()) : OptionalLong.empty();
    }
}
