package social.dunlin.api.entity;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import social.dunlin.activitypub.Uris;
import social.dunlin.announcement.Announcement;
import social.dunlin.announcement.Announcements;
import social.dunlin.announcement.Announcements.ReactionCount;
import social.dunlin.domain.Domain;
import social.dunlin.emoji.CustomEmoji;
import social.dunlin.emoji.CustomEmojiStore;
import social.dunlin.media.proxy.MediaAddresses;
import social.dunlin.media.proxy.Rendition;
import social.dunlin.text.MarkdownFormatter;

/** Announcements for one reader; two statements for all of them. */
@ApplicationScoped
public class AnnouncementRenderer {
    private final Announcements announcements;
    private final CustomEmojiStore emojis;
    private final CustomEmojiRenderer emojiRenderer;
    private final MediaAddresses addresses;

    public AnnouncementRenderer(Announcements announcements, CustomEmojiStore emojis, CustomEmojiRenderer emojiRenderer, MediaAddresses addresses) {
        this.announcements = announcements;
        this.emojis = emojis;
        this.emojiRenderer = emojiRenderer;
        this.addresses = addresses;
    }

    public List<AnnouncementEntity> render(List<Announcement> page, long readerId, Domain domain) {
        Map<Long, List<ReactionCount>> reactions = announcements.reactions(readerId, page.stream().map(Announcement::id).toList());
        Map<CustomEmoji.Key, CustomEmoji> known = emojis.byKeys(page.stream().flatMap(each -> each.emojis().stream()).map(code -> new CustomEmoji.Key("", code)).toList());
        Uris uris = new Uris(domain.baseUrl());
        return page.stream().map(each -> new AnnouncementEntity(Long.toString(each.id()), each.content(), ApiTime.of(each.startsAt()), ApiTime.of(each.endsAt()),
            each.allDay(), ApiTime.of(each.publishedAt()), ApiTime.of(each.updatedAt()), each.read(), List.of(), List.of(),
            MarkdownFormatter.extract(each.text()).hashtags().stream().map(tag -> new StatusEntity.TagView(tag.normalised(), uris.tag(tag.normalised()))).toList(),
            emojiRenderer.render(each.emojis().stream().map(code -> known.get(new CustomEmoji.Key("", code)))),
            reactions.getOrDefault(each.id(), List.of()).stream().map(reaction -> new AnnouncementEntity.Reaction(reaction.name(), reaction.count(), reaction.me(),
                addresses.of(reaction.url(), "", domain), addresses.of(reaction.staticUrl(), "", domain, Rendition.STILL))).toList())).toList();
    }
}
