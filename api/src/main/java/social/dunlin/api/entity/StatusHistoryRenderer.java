package social.dunlin.api.entity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.api.entity.StatusEditEntity.PollOptions;
import social.dunlin.api.entity.StatusEditEntity.Title;
import social.dunlin.emoji.CustomEmoji.Key;
import social.dunlin.emoji.CustomEmojiStore;
import social.dunlin.media.MediaAttachment;
import social.dunlin.media.MediaAttachmentStore;
import social.dunlin.status.Poll;
import social.dunlin.status.PollStore;
import social.dunlin.status.Status;
import social.dunlin.status.StatusDetailStore;
import social.dunlin.status.StatusDetails.Version;

/** All versions of one post, oldest first; a post that was never edited has one. */
@ApplicationScoped
public class StatusHistoryRenderer {
    private static final TypeReference<List<KeptMedia>> MEDIA = new TypeReference<>() {
    };

    private final StatusDetailStore details;
    private final MediaAttachmentStore media;
    private final PollStore polls;
    private final AccountStore accounts;
    private final CustomEmojiStore emojis;
    private final CustomEmojiRenderer emojiRenderer;
    private final AccountRenderer accountRenderer;
    private final MediaRenderer mediaRenderer;
    private final ObjectMapper json;

    public StatusHistoryRenderer(StatusDetailStore details, MediaAttachmentStore media, PollStore polls, AccountStore accounts, CustomEmojiStore emojis,
                                 CustomEmojiRenderer emojiRenderer, AccountRenderer accountRenderer, MediaRenderer mediaRenderer, ObjectMapper json) {
        this.details = details;
        this.media = media;
        this.polls = polls;
        this.accounts = accounts;
        this.emojis = emojis;
        this.emojiRenderer = emojiRenderer;
        this.accountRenderer = accountRenderer;
        this.mediaRenderer = mediaRenderer;
        this.json = json;
    }

    /** What a version says of an attachment. */
    record KeptMedia(String id, String description) {
    }

    public List<StatusEditEntity> render(Status status) {
        Account author = accounts.byId(status.accountId()).orElseThrow();
        AccountEntity account = accountRenderer.render(author);
        List<CustomEmojiEntity> used = emojis(status, author);
        List<Version> versions = details.versions(status.id());
        if (versions.isEmpty()) {
            List<MediaAttachmentEntity> attached = media.ofStatuses(List.of(status.id())).getOrDefault(status.id(), List.of()).stream()
                .map(each -> mediaRenderer.render(each, author)).toList();
            return List.of(new StatusEditEntity(status.content(), status.spoilerText(), status.sensitive(), ApiTime.of(status.createdAt()), account,
                polls.ofStatus(status.id()).map(Poll::options).map(StatusHistoryRenderer::options).orElse(null), attached, used));
        }
        Map<Long, MediaAttachment> attachments = attachments(versions);
        return versions.stream().map(version -> new StatusEditEntity(version.content(), version.spoilerText(), version.sensitive(),
            ApiTime.of(version.createdAt()), account, version.pollOptions() == null ? null : options(version.pollOptions()),
            kept(version).stream().map(each -> view(each, attachments, author)).filter(Objects::nonNull).toList(), used)).toList();
    }

    private List<CustomEmojiEntity> emojis(Status status, Account author) {
        Collection<Key> keys = status.emojis().stream().map(code -> new Key(author.isLocal() ? "" : author.host(), code)).toList();
        return emojiRenderer.render(emojis.byKeys(keys).values().stream());
    }

    private Map<Long, MediaAttachment> attachments(List<Version> versions) {
        Map<Long, MediaAttachment> result = new HashMap<>();
        Stream<Long> ids = versions.stream().flatMap(version -> kept(version).stream()).map(each -> Long.valueOf(each.id())).distinct();
        media.byIds(ids.toList()).forEach(attachment -> result.put(attachment.id(), attachment));
        return result;
    }

    /** As the version described it; a file that was deleted since is left out. */
    private MediaAttachmentEntity view(KeptMedia kept, Map<Long, MediaAttachment> attachments, Account author) {
        MediaAttachment attachment = attachments.get(Long.valueOf(kept.id()));
        return attachment == null ? null : mediaRenderer.render(attachment, author).describedAs(kept.description());
    }

    private List<KeptMedia> kept(Version version) {
        try {
            return json.readValue(version.media(), MEDIA);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("status_edit.media is no list", failure);
        }
    }

    private static PollOptions options(List<String> titles) {
        return new PollOptions(titles.stream().map(Title::new).toList());
    }
}
