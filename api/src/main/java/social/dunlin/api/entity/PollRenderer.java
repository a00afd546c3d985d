package social.dunlin.api.entity;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import social.dunlin.status.Poll;
import social.dunlin.status.PollStore;
import social.dunlin.visibility.Viewer;

/** Polls as the API shows them: what the reader chose costs one statement for all. */
@ApplicationScoped
public class PollRenderer {
    private final PollStore polls;

    public PollRenderer(PollStore polls) {
        this.polls = polls;
    }

    /** By poll id. @param emojis by post id */
    Map<Long, PollEntity> render(Collection<Poll> page, Map<Long, List<CustomEmojiEntity>> emojis, Viewer viewer) {
        Map<Long, List<Integer>> choices = viewer.isAnonymous() ? Map.of()
            : polls.choices(viewer.idOrNull(), page.stream().map(Poll::id).toList());
        Instant now = Instant.now();
        Map<Long, PollEntity> result = new HashMap<>();
        page.forEach(poll -> result.put(poll.id(), entity(poll, emojis.getOrDefault(poll.statusId(), List.of()),
            choices.getOrDefault(poll.id(), List.of()), viewer, now)));
        return result;
    }

    private static PollEntity entity(Poll poll, List<CustomEmojiEntity> emojis, List<Integer> choices, Viewer viewer, Instant now) {
        boolean expired = poll.isExpired(now);
        boolean totalsShown = expired || !poll.hideTotals();
        List<PollEntity.Option> options = IntStream.range(0, poll.options().size())
            .mapToObj(index -> new PollEntity.Option(poll.options().get(index), totalsShown ? poll.tallies().get(index) : null)).toList();
        return new PollEntity(Long.toString(poll.id()), ApiTime.of(poll.expiresAt()), expired, poll.multiple(), poll.votesCount(),
            poll.multiple() ? poll.votersCount() : null,
            viewer.isAnonymous() ? null : Boolean.valueOf(!choices.isEmpty() || viewer.is(poll.accountId())),
            viewer.isAnonymous() ? null : choices, options, usedIn(poll, emojis));
    }

    private static List<CustomEmojiEntity> usedIn(Poll poll, List<CustomEmojiEntity> emojis) {
        return emojis.stream().filter(emoji -> poll.options().stream().anyMatch(option -> option.contains(":" + emoji.shortcode() + ":"))).toList();
    }
}
