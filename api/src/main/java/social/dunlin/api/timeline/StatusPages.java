package social.dunlin.api.timeline;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import social.dunlin.api.access.Caller;
import social.dunlin.api.entity.StatusJsonRenderer;
import social.dunlin.api.request.Links;
import social.dunlin.paging.Page;
import social.dunlin.status.StatusGlances.Glanced;

/** A page of posts with its {@code Link} header. */
@Singleton
class StatusPages {
    static final int DEFAULT = 20;
    static final int MAXIMUM = 40;

    private final StatusJsonRenderer renderer;
    private final Links links;
    private final Caller caller;

    StatusPages(StatusJsonRenderer renderer, Links links, Caller caller) {
        this.renderer = renderer;
        this.links = links;
        this.caller = caller;
    }

    /** Paged by the posts themselves. */
    Response timeline(Glanced page) {
        return Links.answer(renderer.renderPage(page, caller.viewer()).utf8(), links.timeline(page.ids()));
    }

    /** Paged by the row that keeps the post. */
    Response kept(Glanced listed, Page page) {
        return Links.answer(renderer.renderPage(listed, caller.viewer()).utf8(), links.statuses(listed.cursors(), page.limit()));
    }
}
