package social.dunlin.api.activitypub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import social.dunlin.account.Account;
import social.dunlin.activitypub.Activities;
import social.dunlin.activitypub.ApTag;
import social.dunlin.activitypub.HashtagDocument;
import social.dunlin.activitypub.NoteDocument;
import social.dunlin.activitypub.NoteView;
import social.dunlin.activitypub.OrderedCollectionDocument;
import social.dunlin.activitypub.Uris;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.federation.document.NoteDocuments;
import social.dunlin.federation.document.PublishedCollections;
import social.dunlin.federation.document.PublishedCollections.Person;
import social.dunlin.federation.document.StatusActivities;
import social.dunlin.federation.followers.Followers;
import social.dunlin.id.ObjectUri;
import social.dunlin.status.FeaturedTags;
import social.dunlin.status.Status;
import social.dunlin.visibility.Viewer;

/** Outbox, followers, following, pinned posts and hashtags. The lists of people stay with their owner when that is wished. */
@Path("/users/{name}")
@RunOnVirtualThread
public class CollectionResource {
    private final Caller caller;
    private final LocalActors actors;
    private final PublishedCollections collections;
    private final Followers followers;
    private final NoteDocuments notes;
    private final StatusActivities activities;
    private final FeaturedTags tags;
    private final SignedRequests signatures;

    public CollectionResource(Caller caller, LocalActors actors, PublishedCollections collections, Followers followers,
            NoteDocuments notes, StatusActivities activities, FeaturedTags tags, SignedRequests signatures) {
        this.caller = caller;
        this.actors = actors;
        this.collections = collections;
        this.followers = followers;
        this.notes = notes;
        this.activities = activities;
        this.tags = tags;
        this.signatures = signatures;
    }

    @GET
    @Path("/outbox")
    @Access(Level.SIGNATURE)
    public Response outbox(@PathParam("name") String name, @QueryParam("page") String page, @QueryParam("max_id") Long maxId) {
        Account account = actors.existing(caller.domain(), name);
        Viewer viewer = signatures.viewerOf(account);
        String id = uris().outbox(account.username());
        if (page == null) {
            return ActivityPubNegotiation.document(OrderedCollectionDocument.paged(id, collections.outboxTotal(account.id()), id + "?page=true"));
        }
        List<Status> statuses = collections.outbox(account.id(), viewer, maxId == null ? Long.MAX_VALUE : maxId);
        Map<Long, NoteView> views = notes.views(statuses);
        Map<Long, ObjectNode> boosts = activities.announces(account, statuses.stream().filter(Status::isReblog).toList());
        List<ObjectNode> items = statuses.stream()
            .map(status -> withoutContext(status.isReblog() ? boosts.get(status.id()) : Activities.create(views.get(status.id())))).toList();
        String next = statuses.size() < PublishedCollections.PAGE ? null : id + "?page=true&max_id=" + statuses.getLast().id();
        return ActivityPubNegotiation.document(OrderedCollectionDocument.page(pageId(id, maxId), id, next, null, items));
    }

    @GET
    @Path("/followers")
    @Access(Level.SIGNATURE)
    public Response followers(@PathParam("name") String name, @QueryParam("page") String page, @QueryParam("max_id") Long maxId) {
        Account account = actors.existing(caller.domain(), name);
        signatures.viewerOf(account);
        String id = uris().followers(account.username());
        return page == null || account.hideCollections() ? people(id, account.followersCount(), account)
            : peoplePage(id, maxId, collections.followers(account.id(), maxId == null ? Long.MAX_VALUE : maxId));
    }

    /** Those of the followers who live at the signer's host, for its server to compare (FEP-8fcf). Nobody else gets any. */
    @GET
    @Path("/followers_synchronization")
    @Access(Level.SIGNATURE)
    public Response followersSynchronization(@PathParam("name") String name) {
        String host = ObjectUri.parse(signatures.requireSigned().owner()).host().value();
        Account account = actors.existing(caller.domain(), name);
        List<JsonNode> items = followers.at(account.id(), host).stream().map(uri -> (JsonNode) TextNode.valueOf(uri)).toList();
        return ActivityPubNegotiation.document(OrderedCollectionDocument.whole(uris().followersSynchronization(account.username()), items));
    }

    @GET
    @Path("/following")
    @Access(Level.SIGNATURE)
    public Response following(@PathParam("name") String name, @QueryParam("page") String page, @QueryParam("max_id") Long maxId) {
        Account account = actors.existing(caller.domain(), name);
        signatures.viewerOf(account);
        String id = uris().following(account.username());
        return page == null || account.hideCollections() ? people(id, account.followingCount(), account)
            : peoplePage(id, maxId, collections.following(account.id(), maxId == null ? Long.MAX_VALUE : maxId));
    }

    /** A collection without a first page reads as hidden. */
    private static Response people(String id, long total, Account account) {
        return ActivityPubNegotiation.document(OrderedCollectionDocument.paged(id, total, account.hideCollections() ? null : id + "?page=true"));
    }

    private static Response peoplePage(String id, Long maxId, List<Person> people) {
        List<JsonNode> items = people.stream().map(person -> (JsonNode) TextNode.valueOf(person.uri())).toList();
        String next = people.size() < PublishedCollections.PEOPLE_PAGE ? null : id + "?page=true&max_id=" + people.getLast().relationId();
        return ActivityPubNegotiation.document(OrderedCollectionDocument.page(pageId(id, maxId), id, next, null, items));
    }

    @GET
    @Path("/collections/featured")
    @Access(Level.SIGNATURE)
    public Response featured(@PathParam("name") String name) {
        Account account = actors.existing(caller.domain(), name);
        List<Status> pinned = collections.featured(account.id(), signatures.viewerOf(account));
        Map<Long, NoteView> views = notes.views(pinned);
        return ActivityPubNegotiation.document(OrderedCollectionDocument.whole(uris().featured(account.username()),
            pinned.stream().filter(status -> views.containsKey(status.id())).map(status -> NoteDocument.embedded(views.get(status.id()))).toList()));
    }

    @GET
    @Path("/collections/tags")
    @Access(Level.SIGNATURE)
    public Response featuredTags(@PathParam("name") String name) {
        Account account = actors.existing(caller.domain(), name);
        signatures.viewerOf(account);
        return ActivityPubNegotiation.document(OrderedCollectionDocument.whole(uris().featuredTags(account.username()),
            tags.of(account.id()).stream().map(tag -> HashtagDocument.of(new ApTag.Hashtag(uris().tag(tag.name()), tag.name()))).toList()));
    }

    private static String pageId(String id, Long maxId) {
        return id + "?page=true" + (maxId == null ? "" : "&max_id=" + maxId);
    }

    private static ObjectNode withoutContext(ObjectNode document) {
        document.remove("@context");
        return document;
    }

    private Uris uris() {
        return new Uris(caller.domain().baseUrl());
    }
}
