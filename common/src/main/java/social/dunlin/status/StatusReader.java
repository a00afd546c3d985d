package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import social.dunlin.paging.Page;
import social.dunlin.recall.Recall;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.StatusGlances.Glanced;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/** Posts for a reader: what they may not see is not there. */
@ApplicationScoped
public class StatusReader {
    private static final int KNOWN_READER = 4096;
    private static final int ANONYMOUS_ANCESTORS = 40;
    private static final int ANONYMOUS_DESCENDANTS = 60;
    private static final int ANONYMOUS_DEPTH = 20;

    private final StatusStore statuses;
    private final InteractionLists interactions;
    private final StatusVisibility visibility;
    private final StatusGlances glances;
    private final Recall recall;

    public StatusReader(StatusStore statuses, InteractionLists interactions, StatusVisibility visibility, StatusGlances glances, Recall recall) {
        this.statuses = statuses;
        this.interactions = interactions;
        this.visibility = visibility;
        this.glances = glances;
        this.recall = recall;
    }

    public Status get(Viewer viewer, long id) {
        return statuses.byId(id).filter(status -> visibility.maySee(viewer, status)).orElseThrow(Refusal::notFound);
    }

    /** As {@link #get}, for who shows it. One statement when it is remembered. */
    public Glanced glance(Viewer viewer, long id) {
        Glanced found = list(viewer, List.of(id));
        if (found.listed().isEmpty()) {
            throw Refusal.notFound();
        }
        return found;
    }

    /** Those of the posts that there are for this reader, in the order asked for. One statement when they are remembered. */
    public Glanced list(Viewer viewer, Collection<Long> ids) {
        List<Long> distinct = ids.stream().distinct().toList();
        return recall.visible(viewer, distinct, () -> glances.visible(viewer, distinct));
    }

    /** The post's author alone may edit, so the source is theirs to read. */
    public Status own(long accountId, long id) {
        return statuses.byId(id).filter(status -> status.accountId() == accountId).orElseThrow(Refusal::notFound);
    }

    /** @param ancestors root first; @param descendants in reading order; @param glances at all of them */
    public record Thread(List<Status> ancestors, List<Status> descendants, Glanced glances) {
    }

    /** The thread around a post. What the reader may not see or has hidden is left out; the answers to it stay (behaviours §15). */
    public Thread thread(Viewer viewer, long id) {
        Status status = get(viewer, id);
        boolean anonymous = viewer.isAnonymous();
        List<Status> ancestors = statuses.ancestors(id, anonymous ? ANONYMOUS_ANCESTORS : KNOWN_READER);
        List<Status> descendants = statuses.descendants(status, anonymous ? ANONYMOUS_DESCENDANTS : KNOWN_READER,
            anonymous ? ANONYMOUS_DEPTH : KNOWN_READER);
        List<Long> around = Stream.concat(ancestors.stream(), descendants.stream()).map(Status::id).distinct().toList();
        Glanced shown = recall.shown(viewer, around, () -> glances.shown(viewer, around));
        Set<Long> ids = Set.copyOf(shown.ids());
        return new Thread(ancestors.stream().filter(found -> ids.contains(found.id())).toList(),
            descendants.stream().filter(found -> ids.contains(found.id())).toList(), shown);
    }

    /** Who favourited a post the reader may see, by the favourite's id. */
    public List<InteractionLists.Listed> favouritedBy(Viewer viewer, long id, Page page) {
        return interactions.favouritedBy(viewer, get(viewer, id).originalId(), page);
    }

    /** Who boosted a post the reader may see, by the boost's id. */
    public List<InteractionLists.Listed> rebloggedBy(Viewer viewer, long id, Page page) {
        return interactions.rebloggedBy(viewer, get(viewer, id).originalId(), page);
    }
}
