package social.dunlin.api.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import social.dunlin.api.entity.AccountRenderer;
import social.dunlin.api.request.Links;
import social.dunlin.paging.Page;
import social.dunlin.relationship.Related;

/** A page of related accounts with its {@code Link} header. */
@ApplicationScoped
public class AccountPages {
    public static final int DEFAULT = 40;
    public static final int MAXIMUM = 80;

    private final AccountRenderer renderer;
    private final Links links;

    AccountPages(AccountRenderer renderer, Links links) {
        this.renderer = renderer;
        this.links = links;
    }

    public Response answer(List<Related> related, Page page) {
        return Links.answer(renderer.renderList(related.stream().map(Related::account).toList()),
            links.relation(related.stream().map(Related::relationId).toList(), page.limit()));
    }
}
