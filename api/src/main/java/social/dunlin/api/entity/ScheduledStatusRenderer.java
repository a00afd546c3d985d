package social.dunlin.api.entity;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import social.dunlin.api.entity.ScheduledStatusEntity.Params;
import social.dunlin.api.entity.ScheduledStatusEntity.PollParams;
import social.dunlin.media.MediaAttachment;
import social.dunlin.media.MediaAttachmentStore;
import social.dunlin.status.NewStatus;
import social.dunlin.status.ScheduledStatus;

/** Posts that wait, with their attachments; one statement for a whole page. */
@ApplicationScoped
public class ScheduledStatusRenderer {
    private final MediaAttachmentStore media;
    private final MediaRenderer renderer;

    public ScheduledStatusRenderer(MediaAttachmentStore media, MediaRenderer renderer) {
        this.media = media;
        this.renderer = renderer;
    }

    public ScheduledStatusEntity render(ScheduledStatus scheduled) {
        return render(List.of(scheduled)).getFirst();
    }

    public List<ScheduledStatusEntity> render(Collection<ScheduledStatus> page) {
        Map<Long, MediaAttachment> attachments = media.byIds(page.stream().flatMap(scheduled -> scheduled.post().mediaIds().stream()).toList()).stream()
            .collect(Collectors.toMap(MediaAttachment::id, Function.identity()));
        return page.stream().map(scheduled -> new ScheduledStatusEntity(Long.toString(scheduled.id()), ApiTime.of(scheduled.scheduledAt()),
            params(scheduled.post()),
            scheduled.post().mediaIds().stream().map(attachments::get).filter(Objects::nonNull).map(renderer::render).toList())).toList();
    }

    private static Params params(NewStatus post) {
        NewStatus.NewPoll poll = post.poll();
        return new Params(post.text() == null ? "" : post.text(),
            poll == null ? null : new PollParams(poll.options(), poll.expiresIn().toSeconds(), poll.multiple(), poll.hideTotals()),
            post.mediaIds().isEmpty() ? null : post.mediaIds().stream().map(id -> Long.toString(id)).toList(), post.sensitive(), post.spoilerText(),
            post.visibility().apiName(), post.inReplyToId(), post.language(), post.quotedStatusId(),
            post.quotePolicy(), post.contentType(), post.applicationId(), null, null, false);
    }
}
