package social.dunlin.api.streaming;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import social.dunlin.api.access.DomainScope;
import social.dunlin.api.entity.RawJson;
import social.dunlin.api.entity.StatusJsonRenderer;
import social.dunlin.api.entity.StatusJsonRenderer.Shared;
import social.dunlin.domain.Domain;
import social.dunlin.event.Event.StatusDeleted;
import social.dunlin.list.ListStore;
import social.dunlin.status.Visibility;
import social.dunlin.timeline.StreamedPosts;
import social.dunlin.timeline.StreamedPosts.Place;
import social.dunlin.visibility.Viewer;

/**
 * Brings a post to those who watch a list it stands in and may see it. The number of statements does not grow with the
 * number of readers; the post comes from what is kept written out in this process, and is put together once per way of seeing it.
 */
@ApplicationScoped
public class PostFanOut {
    private final StreamedPosts posts;
    private final StatusJsonRenderer renderer;
    private final ListStore lists;
    private final ReaderViews views;
    private final ObjectMapper json;

    public PostFanOut(StreamedPosts posts, StatusJsonRenderer renderer, ListStore lists, ReaderViews views, ObjectMapper json) {
        this.posts = posts;
        this.renderer = renderer;
        this.lists = lists;
        this.views = views;
        this.json = json;
    }

    /** A reader and those of its streams in which the post stands. */
    private record Wanted(Reader reader, List<StreamName> streams) {
        boolean isPersonal() {
            return streams.stream().anyMatch(stream -> stream.kind().isPersonal());
        }
    }

    void created(Collection<Reader> readers, long statusId) {
        bring(readers, statusId, "update");
    }

    void edited(Collection<Reader> readers, long statusId) {
        bring(readers, statusId, "status.update");
    }

    private void bring(Collection<Reader> readers, long statusId, String event) {
        boolean edit = !event.equals("update");
        List<Reader> watching = readers.stream().filter(reader -> reader.watches(kind -> kind != StreamKind.DIRECT && (edit || kind != StreamKind.USER_NOTIFICATION))).toList();
        if (watching.isEmpty()) {
            return;
        }
        Optional<Place> found = posts.place(statusId, accounts(watching));
        if (found.isEmpty() || !edit && !found.get().news()) {
            return;
        }
        Map<Long, Long> showing = lists.showing(statusId, listIds(watching));
        List<Wanted> wanted = allowed(statusId, found.get(), wanted(watching, (stream, reader) -> stream.kind() == StreamKind.LIST
            ? isOwn(showing, stream, reader) : stands(found.get(), stream, reader, edit)));
        if (!wanted.isEmpty()) {
            render(statusId, wanted, event);
        }
    }

    private static List<Wanted> wanted(Collection<Reader> readers, BiPredicate<StreamName, Reader> standing) {
        List<Wanted> result = new ArrayList<>();
        readers.forEach(reader -> {
            List<StreamName> streams = reader.streams().stream().filter(stream -> standing.test(stream, reader)).toList();
            if (!streams.isEmpty()) {
                result.add(new Wanted(reader, streams));
            }
        });
        return result;
    }

    /** @param owners of the lists in which a post stands, by the lists' ids */
    private static boolean isOwn(Map<Long, Long> owners, StreamName list, Reader reader) {
        return owners.getOrDefault(list.listId(), 0L) == reader.accountId();
    }

    private static Set<Long> listIds(Collection<Reader> readers) {
        return readers.stream().flatMap(reader -> reader.streams().stream()).filter(stream -> stream.kind() == StreamKind.LIST)
            .map(StreamName::listId).collect(Collectors.toSet());
    }

    private static boolean stands(Place place, StreamName stream, Reader reader, boolean edit) {
        StreamKind kind = stream.kind();
        if (kind == StreamKind.DIRECT) {
            return false;
        }
        if (kind.isPersonal()) {
            return kind == StreamKind.USER && place.home().contains(reader.accountId()) || edit && place.mentioned().contains(reader.accountId());
        }
        boolean listed = kind.isTagged() ? place.original() && place.tags().contains(stream.key()) : place.inPublic();
        boolean near = place.local() && place.domainId() == reader.domain().id();
        // Posts that stay on their domain stand in its own list and under their hashtags, which readersOf keeps from others.
        boolean open = place.visibility() == Visibility.PUBLIC || place.visibility() == Visibility.LOCAL && (kind.isLocal() || kind.isTagged());
        return listed && open && (!kind.isLocal() || near) && (!kind.isRemote() || !place.local()) && (!kind.isMediaOnly() || place.media());
    }

    /** Who may see it and has not hidden it; posts of a limited author stand in public lists for followers only. */
    private List<Wanted> allowed(long statusId, Place place, List<Wanted> wanted) {
        if (wanted.isEmpty()) {
            return wanted;
        }
        Set<Long> accounts = accounts(wanted.stream().map(Wanted::reader).toList());
        Set<Long> readers = posts.readersOf(statusId, accounts);
        Set<Long> followers = place.limited() ? posts.followersOf(place.authorId(), accounts) : accounts;
        return wanted.stream().filter(each -> readers.contains(each.reader().accountId()))
            .map(each -> followers.contains(each.reader().accountId()) ? each
                : new Wanted(each.reader(), each.streams().stream().filter(stream -> stream.kind().isPersonal()).toList()))
            .filter(each -> !each.streams().isEmpty()).toList();
    }

    private void render(long statusId, List<Wanted> wanted, String event) {
        Map<Domain, List<Wanted>> byDomain = wanted.stream().collect(Collectors.groupingBy(each -> each.reader().domain()));
        byDomain.forEach((domain, group) -> DomainScope.within(domain, () -> {
            renderer.renderShared(statusId).ifPresent(shared -> render(statusId, shared, group, event));
            return null;
        }));
    }

    private void render(long statusId, Shared shared, List<Wanted> wanted, String event) {
        ReaderViews.Loaded loaded = views.load(shared, accounts(wanted.stream().map(Wanted::reader).toList()),
            accounts(wanted.stream().filter(Wanted::isPersonal).map(Wanted::reader).toList()));
        ObjectNode tree = tree(shared.json());
        Map<Object, StreamEvent> written = new HashMap<>();
        wanted.forEach(each -> {
            long account = each.reader().accountId();
            each.streams().forEach(stream -> {
                // Authors see more of their own posts; they are few.
                boolean whole = stream.kind().isPersonal() && shared.authors().contains(account);
                ReaderView view = stream.kind().isPersonal() ? loaded.personal(account) : loaded.general(account);
                each.reader().tell(stream, written.computeIfAbsent(whole ? account : view, ignored ->
                    StreamEvent.of(event, (whole ? own(statusId, account) : Optional.<String>empty()).orElseGet(() -> text(view.of(tree))))));
            });
        });
    }

    private Optional<String> own(long statusId, long account) {
        return Optional.ofNullable(renderer.renderById(List.of(statusId), Viewer.of(account)).get(statusId))
            .map(post -> new String(post.utf8(), StandardCharsets.UTF_8));
    }

    private ObjectNode tree(RawJson post) {
        try {
            return (ObjectNode) json.readTree(post.utf8());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private String text(ObjectNode entity) {
        try {
            return json.writeValueAsString(entity);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The post is gone: those who could know it are told to drop it. */
    void deleted(Collection<Reader> readers, StatusDeleted event) {
        List<Reader> watching = readers.stream().filter(reader -> reader.watches(kind -> kind != StreamKind.USER_NOTIFICATION && kind != StreamKind.DIRECT)).toList();
        if (watching.isEmpty()) {
            return;
        }
        Set<Long> followers = posts.followersOf(event.accountId(), accounts(watching.stream().filter(reader -> reader.watches(kind -> kind == StreamKind.USER)).toList()));
        Map<Long, Long> showing = lists.with(event.accountId(), listIds(watching));
        boolean tagged = event.open() && watching.stream().anyMatch(reader -> reader.watches(StreamKind::isTagged));
        Set<String> tags = tagged ? posts.tagNames(event.tags()) : Set.of();
        StreamEvent told = StreamEvent.of("delete", Long.toString(event.statusId()));
        wanted(watching, (stream, reader) -> switch (stream.kind()) {
            case USER -> followers.contains(reader.accountId()) || event.mentioned().contains(reader.accountId());
            case LIST -> isOwn(showing, stream, reader);
            case USER_NOTIFICATION, DIRECT -> false;
            case HASHTAG, HASHTAG_LOCAL -> tags.contains(stream.key());
            case PUBLIC, PUBLIC_MEDIA, PUBLIC_LOCAL, PUBLIC_LOCAL_MEDIA, PUBLIC_REMOTE, PUBLIC_REMOTE_MEDIA -> event.open();
        }).forEach(each -> each.streams().forEach(stream -> each.reader().tell(stream, told)));
    }

    private static Set<Long> accounts(Collection<Reader> readers) {
        return readers.stream().map(Reader::accountId).collect(Collectors.toSet());
    }
}
