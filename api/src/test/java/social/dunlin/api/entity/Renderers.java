package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.ObjectMapper;
import social.dunlin.api.access.AskedDomain;
import social.dunlin.card.PreviewCardStore;
import social.dunlin.collection.CollectionService;
import social.dunlin.collection.CollectionServices;
import social.dunlin.domain.Domains;
import social.dunlin.emoji.CustomEmojiStore;
import social.dunlin.media.proxy.MediaAddresses;
import social.dunlin.media.proxy.MediaRejections;
import social.dunlin.media.proxy.ProxiedMedia;
import social.dunlin.moderation.AccountWarnings;
import social.dunlin.moderation.ReportServices;
import social.dunlin.relationship.RelationshipServices;
import social.dunlin.status.StatusWorld;

/** Everything that shows posts, put together by hand. */
public final class Renderers {
    public final MediaAddresses addresses;
    public final CustomEmojiRenderer emojis;
    public final AccountRenderer accounts;
    public final MediaRenderer media;
    /** Writes every post anew. */
    public final StatusRenderer entities;
    /** Puts kept ones together. */
    public final StatusJsonRenderer posts;
    public final NotificationSubjects subjects;
    public final NotificationRenderer notifications;
    public final NotificationGroupRenderer groups;
    final KeptPosts kept;
    final MediaRejections rejections;

    public Renderers(StatusWorld world, AskedDomain asked, ObjectMapper json) {
        this(world, asked, json, 4 << 20);
    }

    Renderers(StatusWorld world, AskedDomain asked, ObjectMapper json, long mostBytes) {
        Domains domains = world.village.domains();
        CustomEmojiStore emojiStore = new CustomEmojiStore(world.database);
        rejections = new MediaRejections(world.database, world.bus);
        addresses = ProxiedMedia.addresses(world.database, rejections, domains);
        emojis = new CustomEmojiRenderer(addresses, asked);
        accounts = new AccountRenderer(world.accounts, emojiStore, emojis, addresses, domains, world.urls, asked);
        media = new MediaRenderer(world.urls, addresses, asked, json);
        PollRenderer polls = new PollRenderer(world.polls);
        PreviewCardRenderer cards = new PreviewCardRenderer(new PreviewCardStore(world.database), accounts, addresses, asked);
        entities = new StatusRenderer(world.statuses, world.details, world.media, world.polls, world.accounts, emojiStore, emojis, world.quoteVisibility,
            world.filters, domains, asked, accounts, media, polls, new EmojiReactionRenderer(world.reactions, accounts, addresses, asked), cards);
        kept = new KeptPosts(world.statuses, entities, accounts, json, world.database, world.bus, rejections, mostBytes);
        posts = new StatusJsonRenderer(world.glances, world.recall, kept, world.details, world.quoteVisibility, world.polls, polls, world.reactions, cards, world.filters, asked, json);
        CollectionService collections = CollectionServices.of(world);
        subjects = new NotificationSubjects(ReportServices.of(world, null), RelationshipServices.severances(world.database),
            new AccountWarnings(world.database, world.accounts, domains, world.notifications), collections, new CollectionRenderer(collections, accounts), accounts, asked);
        NotificationFallbacks fallbacks = new NotificationFallbacks(world.accounts);
        notifications = new NotificationRenderer(posts, accounts, subjects, fallbacks);
        groups = new NotificationGroupRenderer(accounts, notifications, subjects, fallbacks);
    }

    /** Whatever is shown next is written out anew. */
    public void forget() {
        kept.clear();
    }
}
