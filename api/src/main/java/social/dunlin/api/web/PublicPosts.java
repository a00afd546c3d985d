package social.dunlin.api.web;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.account.Account;
import social.dunlin.api.access.Caller;
import social.dunlin.api.entity.StatusEntity;
import social.dunlin.api.entity.StatusRenderer;
import social.dunlin.api.web.PagingView.Slice;
import social.dunlin.domain.Domain;
import social.dunlin.paging.Page;
import social.dunlin.status.Status;
import social.dunlin.status.StatusReader;
import social.dunlin.timeline.Timelines;
import social.dunlin.timeline.Timelines.AccountFilter;
import social.dunlin.timeline.Timelines.Reach;
import social.dunlin.timeline.Timelines.Tags;
import social.dunlin.visibility.Viewer;

/** The lists of the public pages: what the API's timelines give somebody nobody knows, never more. */
@ApplicationScoped
public class PublicPosts {
    /** What a feed holds. */
    private static final Page FED = Page.first(20);

    private final Timelines timelines;
    private final StatusReader reader;
    private final StatusRenderer renderer;
    private final PostViews views;
    private final Caller caller;

    public PublicPosts(Timelines timelines, StatusReader reader, StatusRenderer renderer, PostViews views, Caller caller) {
        this.timelines = timelines;
        this.reader = reader;
        this.renderer = renderer;
        this.views = views;
        this.caller = caller;
    }

    /** Posts around one: root first above, in reading order below. */
    public record Thread(List<PostView> ancestors, List<PostView> descendants) {
    }

    /** What somebody wrote and boosted. */
    Slice<PostView> by(Account author, Page page, String path) {
        return slice(timelines.byAccount(Viewer.anonymous(), author.id(), AccountFilter.ALL, PagingView.probe(page)).statuses(), page, path);
    }

    /** The newest that somebody wrote, without boosts and answers to others. */
    List<StatusEntity> writtenBy(Account author) {
        return renderer.render(timelines.byAccount(Viewer.anonymous(), author.id(), new AccountFilter(false, true, true, null), FED).statuses(), Viewer.anonymous());
    }

    /** @param tag normalised */
    List<StatusEntity> newestTagged(String tag) {
        return renderer.render(timelines.tagged(Viewer.anonymous(), Tags.of(tag), Reach.ALL, caller.domain().id(), false, FED).statuses(), Viewer.anonymous());
    }

    List<PostView> pinnedBy(Account author) {
        return views(timelines.pinned(Viewer.anonymous(), author.id()).statuses()).stream().map(PostView::pinnedOnTop).toList();
    }

    /** Public posts of the people of a domain. */
    Slice<PostView> on(Domain domain, Page page, String path) {
        return slice(timelines.publicPosts(Viewer.anonymous(), Reach.LOCAL, domain.id(), false, PagingView.probe(page)).statuses(), page, path);
    }

    /** @param tag normalised */
    Slice<PostView> tagged(String tag, Page page, String path) {
        return slice(timelines.tagged(Viewer.anonymous(), Tags.of(tag), Reach.ALL, caller.domain().id(), false, PagingView.probe(page)).statuses(), page, path);
    }

    /** A post that may be seen. */
    PostView of(Status status) {
        return views(List.of(status)).getFirst();
    }

    Thread around(Status status) {
        StatusReader.Thread thread = reader.thread(Viewer.anonymous(), status.id());
        return new Thread(views(thread.ancestors()), views(thread.descendants()));
    }

    private Slice<PostView> slice(List<Status> found, Page page, String path) {
        Slice<Status> slice = PagingView.cut(found, page, path, Status::id);
        return new Slice<>(views(slice.items()), slice.paging());
    }

    private List<PostView> views(List<Status> page) {
        return views.of(renderer.render(page, Viewer.anonymous()), caller.domain().name());
    }
}
