package social.dunlin.api.web;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import social.dunlin.account.Account;
import social.dunlin.api.access.Caller;
import social.dunlin.api.entity.StatusRenderer;
import social.dunlin.api.web.PagingView.Slice;
import social.dunlin.domain.Domain;
import social.dunlin.paging.Page;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;
import social.dunlin.timeline.Timelines;
import social.dunlin.timeline.Timelines.AccountFilter;
import social.dunlin.timeline.Timelines.Reach;
import social.dunlin.timeline.Timelines.Tags;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/** The lists of the public pages: what the API's timelines give somebody nobody knows, never more. */
@ApplicationScoped
public class PublicPosts {
    /** As deep and as long as the API shows a thread to somebody without a token (behaviours §15). */
    private static final int ANCESTORS = 40;
    private static final int DESCENDANTS = 60;
    private static final int DEPTH = 20;

    private final Timelines timelines;
    private final StatusStore statuses;
    private final StatusVisibility visibility;
    private final StatusRenderer renderer;
    private final PostViews views;
    private final Caller caller;

    public PublicPosts(Timelines timelines, StatusStore statuses, StatusVisibility visibility, StatusRenderer renderer, PostViews views,
                       Caller caller) {
        this.timelines = timelines;
        this.statuses = statuses;
        this.visibility = visibility;
        this.renderer = renderer;
        this.views = views;
        this.caller = caller;
    }

    /** Posts around one: root first above, in reading order below. */
    public record Thread(List<PostView> ancestors, List<PostView> descendants) {
    }

    /** What somebody wrote and boosted. */
    Slice<PostView> by(Account author, Page page, String path) {
        return slice(timelines.byAccount(Viewer.anonymous(), author.id(), AccountFilter.ALL, PagingView.probe(page)), page, path);
    }

    List<PostView> pinnedBy(Account author) {
        return views(timelines.pinned(Viewer.anonymous(), author.id())).stream().map(PostView::pinnedOnTop).toList();
    }

    /** Public posts of the people of a domain. */
    Slice<PostView> on(Domain domain, Page page, String path) {
        return slice(timelines.publicPosts(Viewer.anonymous(), Reach.LOCAL, domain.id(), false, PagingView.probe(page)), page, path);
    }

    /** @param tag normalised */
    Slice<PostView> tagged(String tag, Page page, String path) {
        return slice(timelines.tagged(Viewer.anonymous(), Tags.of(tag), Reach.ALL, false, PagingView.probe(page)), page, path);
    }

    /** A post that may be seen. */
    PostView of(Status status) {
        return views(List.of(status)).getFirst();
    }

    Thread around(Status status) {
        List<Status> above = statuses.ancestors(status.id(), ANCESTORS);
        List<Status> below = statuses.descendants(status, DESCENDANTS, DEPTH);
        List<Long> ids = new ArrayList<>();
        above.forEach(earlier -> ids.add(earlier.id()));
        below.forEach(answer -> ids.add(answer.id()));
        Set<Long> shown = visibility.visibleOf(Viewer.anonymous(), ids);
        return new Thread(
            views(above.stream().filter(earlier -> shown.contains(earlier.id())).toList()),
            views(below.stream().filter(answer -> shown.contains(answer.id())).toList()));
    }

    private Slice<PostView> slice(List<Status> found, Page page, String path) {
        Slice<Status> slice = PagingView.cut(found, page, path, Status::id);
        return new Slice<>(views(slice.items()), slice.paging());
    }

    private List<PostView> views(List<Status> page) {
        return views.of(renderer.render(page, Viewer.anonymous()), caller.domain().name());
    }
}
