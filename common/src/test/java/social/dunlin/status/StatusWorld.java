package social.dunlin.status;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.card.CardRequests;
import social.dunlin.conversation.PrivateConversations;
import social.dunlin.database.Database;
import social.dunlin.emoji.CustomEmojiStore;
import social.dunlin.event.Event;
import social.dunlin.event.EventBus;
import social.dunlin.federation.delivery.Deliveries;
import social.dunlin.federation.delivery.DeliverySignal;
import social.dunlin.federation.document.NoteDocuments;
import social.dunlin.federation.key.SigningKeys;
import social.dunlin.federation.outbox.PollOutbox;
import social.dunlin.federation.outbox.QuoteOutbox;
import social.dunlin.federation.proof.OutgoingProofs;
import social.dunlin.federation.resolve.RemoteResolver;
import social.dunlin.filter.FilterService;
import social.dunlin.filter.FilterStore;
import social.dunlin.filter.Filters;
import social.dunlin.list.ListService;
import social.dunlin.list.ListStore;
import social.dunlin.media.MediaAttachmentStore;
import social.dunlin.media.MediaUrls;
import social.dunlin.notification.NotificationPolicyStore;
import social.dunlin.notification.NotificationRequests;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.NotificationStore;
import social.dunlin.push.PushQueues;
import social.dunlin.recall.Recall;
import social.dunlin.queue.Jobs;
import social.dunlin.relationship.HomeBackfill;
import social.dunlin.search.StatusSearchIndex;
import social.dunlin.tag.TagFollows;
import social.dunlin.testing.RecordingOutbox;
import social.dunlin.testing.TestConfiguration;
import social.dunlin.testing.Village;
import social.dunlin.timeline.HomeFeedStore;
import social.dunlin.timeline.MarkerStore;
import social.dunlin.timeline.Timelines;
import social.dunlin.visibility.QuoteVisibility;
import social.dunlin.visibility.StatusVisibility;

/** The village with every service of posts put together by hand, an outbox that writes down, and a resolver of a few people. */
public final class StatusWorld {
    public final Database database;
    public final Village village;
    public final RecordingOutbox outbox = new RecordingOutbox();
    /** Who can be found on other servers, by {@code user@host}. */
    public final List<Account> resolvable = new CopyOnWriteArrayList<>();
    public final List<String> lookedUp = new CopyOnWriteArrayList<>();
    public final EventBus bus;
    public final List<Event> events = new CopyOnWriteArrayList<>();
    public final AccountStore accounts;
    public final StatusStore statuses;
    public final StatusVisibility visibility;
    public final StatusService service;
    public final ScheduledStatuses scheduled;
    public final ScheduledStatusPublisher scheduledPublisher;
    public final StatusActions actions;
    public final StatusReader reader;
    public final StatusDetailStore details;
    public final StatusGlances glances;
    public final RemoteStatuses remote;
    public final RemoteStatusBatch batch;
    public final RemoteInteractions interactions;
    public final ReactionStore reactions;
    public final RemoteReactions remoteReactions;
    public final LocalReactions localReactions;
    public final RemotePins remotePins;
    public final FeaturedTagStore featuredTagStore;
    public final FeaturedTags featuredTags;
    public final RemoteCommunities communities;
    public final PollStore polls;
    public final PollService pollService;
    public final PollCloser pollCloser;
    public final Timelines timelines;
    public final HomeFeedStore home;
    public final NotificationService notifications;
    public final MarkerStore markers;
    public final MediaAttachmentStore media;
    public final MediaUrls urls;
    public final StatusSearchIndex searchIndex;
    public final QuoteStore quotes;
    public final RemoteQuotes remoteQuotes;
    public final QuoteService quoteService;
    public final QuoteVisibility quoteVisibility;
    public final Filters filters;
    public final FilterService filterService;
    public final ListService lists;
    public final TagFollows tagFollows;
    public final PrivateConversations conversations;
    public final NotificationPolicyStore policies;
    public final NotificationRequests requests;
    public final Recall recall;

    public StatusWorld(Database database, Vertx vertx, PgConnectOptions options) {
        this.database = database;
        this.village = Village.settle(database);
        bus = EventBus.of(database, vertx, options, true);
        bus.subscribe(Event.class, events::add);
        Jobs jobs = Jobs.of(database, bus);
        accounts = new AccountStore(database);
        statuses = new StatusStore(database);
        visibility = new StatusVisibility(database);
        details = new StatusDetailStore(database);
        media = new MediaAttachmentStore(database);
        glances = new StatusGlances(database);
        urls = new MediaUrls(village.domains(), TestConfiguration.defaults());
        polls = new PollStore(database);
        home = new HomeFeedStore(database);
        recall = new Recall(database, 1 << 20);
        timelines = new Timelines(database, recall);
        markers = new MarkerStore(database);
        notifications = new NotificationService(new NotificationStore(database), bus, database, PushQueues.of(database, jobs));
        StatusWriter writer = new StatusWriter(database);
        StatusPartsWriter parts = new StatusPartsWriter(database);
        InteractionStore store = new InteractionStore(database);
        reactions = new ReactionStore(database);
        featuredTagStore = new FeaturedTagStore(database);
        featuredTags = new FeaturedTags(database, featuredTagStore, outbox);
        Boosts boosts = new Boosts(statuses, writer, home, notifications, bus);
        StatusText texts = new StatusText(database, village.domains(), new FewPeople(), writer, parts);
        Authors authors = new Authors(database);
        StatusDraft drafts = new StatusDraft(new StatusLimits(TestConfiguration.defaults()), authors, media);
        DeliverySignal signal = new DeliverySignal(bus);
        Deliveries deliveries = new Deliveries(database, signal, new OutgoingProofs(new SigningKeys(database), TestConfiguration.defaults()));
        NoteDocuments documents = new NoteDocuments(database, village.domains(), accounts, details, polls, media, new CustomEmojiStore(database), urls);
        QuoteOutbox quoteOutbox = new QuoteOutbox(village.domains(), accounts, documents, deliveries);
        PollOutbox pollOutbox = new PollOutbox(database, village.domains(), accounts, deliveries, jobs);
        quotes = new QuoteStore(database);
        quoteVisibility = new QuoteVisibility(database, visibility);
        QuoteChanges changes = new QuoteChanges(quotes, statuses, writer, notifications, outbox, bus);
        QuotedUpdates quotedUpdates = new QuotedUpdates(database, notifications);
        LocalQuotes localQuotes = new LocalQuotes(accounts, statuses, quotes, changes, quoteVisibility, quoteOutbox);
        remoteQuotes = new RemoteQuotes(database, accounts, statuses, quotes, changes, quoteVisibility, quoteOutbox, jobs);
        pollCloser = new PollCloser(database, polls, statuses, notifications, outbox, jobs);
        FilterStore filterStore = new FilterStore(database);
        filters = new Filters(filterStore, bus);
        filterService = new FilterService(database, filterStore, filters, statuses, visibility, bus);
        lists = new ListService(database, new ListStore(database), accounts, new HomeBackfill(database));
        tagFollows = new TagFollows(database);
        conversations = new PrivateConversations(database, bus);
        policies = new NotificationPolicyStore(database);
        requests = new NotificationRequests(database, bus);
        searchIndex = new StatusSearchIndex(database);
        StatusFollowUps followUps = new StatusFollowUps(searchIndex, new CardRequests(database, jobs));
        ScheduledStatusStore scheduledStore = new ScheduledStatusStore(database);
        StatusEditor editor = new StatusEditor(database, statuses, writer, parts, texts, drafts, media, polls, quotes, quotedUpdates, followUps, notifications,
            outbox, bus, jobs);
        PlainPosts plainPosts = new PlainPosts(database, village.domains(), authors, drafts, texts, new PlainPostWriter(database), writer, followUps,
            notifications, outbox, bus);
        service = new StatusService(database, village.domains(), statuses, writer, new NewPostWriter(database, writer, parts), plainPosts, parts, texts, drafts, editor, media, polls, scheduledStore, localQuotes, new CommunityStore(database),
            followUps, visibility, home,
            notifications, conversations, outbox, bus, jobs);
        scheduled = new ScheduledStatuses(database, scheduledStore, statuses, writer, drafts, visibility, jobs);
        scheduledPublisher = new ScheduledStatusPublisher(scheduledStore, accounts, service, jobs);
        actions = new StatusActions(database, village.domains(), statuses, writer, store, boosts, visibility, notifications, outbox, bus);
        reader = new StatusReader(statuses, new InteractionLists(database), visibility, glances, recall);
        quoteService = new QuoteService(database, accounts, statuses, reader, writer, quotes, changes, quoteOutbox, outbox, bus);
        remote = new RemoteStatuses(database, accounts, statuses, writer, parts, store, polls, pollCloser, remoteQuotes, quotedUpdates, followUps, home,
            notifications, conversations, bus);
        batch = new RemoteStatusBatch(database, statuses, new StatusBatchWriter(database), parts, followUps, home, notifications, bus);
        interactions = new RemoteInteractions(database, accounts, statuses, writer, store, reactions, boosts, polls, pollOutbox, visibility,
            notifications, bus);
        remoteReactions = new RemoteReactions(database, statuses, reactions, interactions, visibility);
        localReactions = new LocalReactions(database, statuses, reactions, new CustomEmojiStore(database), visibility, outbox);
        remotePins = new RemotePins(database, statuses, store, featuredTagStore);
        communities = new RemoteCommunities(database, new CommunityStore(database), interactions);
        pollService = new PollService(database, polls, statuses, visibility, pollOutbox, jobs);
    }

    private final class FewPeople implements RemoteResolver {
        @Override
        public Optional<Account> account(String username, String host) {
            lookedUp.add(username + "@" + host);
            return resolvable.stream().filter(account -> account.handle().equals(username + "@" + host)).findFirst();
        }

        @Override
        public Resolved url(String url) {
            return new Resolved.Nothing();
        }
    }

    /** A post of a local person. */
    public Status post(long author, String text, Visibility visibility) {
        return service.publish(village.account(author), NewStatus.text(text).withVisibility(visibility));
    }

    /** A Note as an inbox handler would hand it over. */
    public RemoteStatus note(long author, String name, Visibility visibility, Instant published) {
        Account account = village.account(author);
        return new RemoteStatus("https://" + account.host() + "/notes/" + name, "https://" + account.host() + "/@" + account.username() + "/" + name,
            author, "Note", visibility, null, "", "<p>" + name + "</p>", null, null, "en", false, null, null, null, "public",
            published, null, List.of(), List.of(), List.of(), List.of(), null, null);
    }

    /** Stores a remote post of now. */
    public Status remotePost(long author, String name, Visibility visibility) {
        return switch (remote.store(note(author, name, visibility, Instant.now()))) {
            case StoredStatus.Stored stored -> statuses.byId(stored.id()).orElseThrow();
            case StoredStatus.Tombstoned _, StoredStatus.Refused _ -> throw new IllegalStateException(name + " was not stored");
        };
    }

    public void suspend(long account) {
        database.execute("update account set suspended_at = now() where id = $1", account);
    }

    public void reinstate(long account) {
        database.execute("update account set suspended_at = null where id = $1", account);
    }
}
