package social.dunlin.api.timeline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import social.dunlin.api.access.Caller;
import social.dunlin.api.entity.StatusRenderer;
import social.dunlin.api.request.Links;
import social.dunlin.paging.Page;
import social.dunlin.status.Status;
import social.dunlin.timeline.Timelines.Listed;

/** A page of posts with its {@code Link} header. */
@ApplicationScoped
class StatusPages {
    static final int DEFAULT = 20;
    static final int MAXIMUM = 40;

    private final StatusRenderer renderer;
    private final Links links;
    private final Caller caller;

    StatusPages(StatusRenderer renderer, Links links, Caller caller) {
        this.renderer = renderer;
        this.links = links;
        this.caller = caller;
    }

    /** Paged by the posts themselves. */
    Response timeline(List<Status> page) {
        return Links.answer(renderer.render(page, caller.viewer()), links.timeline(page.stream().map(Status::id).toList()));
    }

    /** Paged by the row that keeps the post. */
    Response kept(List<Listed> listed, Page page) {
        return Links.answer(renderer.render(listed.stream().map(Listed::status).toList(), caller.viewer()),
            links.statuses(listed.stream().map(Listed::cursor).toList(), page.limit()));
    }
}
