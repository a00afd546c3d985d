package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.card.CardRequests;
import social.dunlin.search.StatusSearchIndex;

/** What is made out of a post's text wherever the post comes from: its words for search, the preview of its link. */
@ApplicationScoped
class StatusFollowUps {
    private final StatusSearchIndex search;
    private final CardRequests cards;

    StatusFollowUps(StatusSearchIndex search, CardRequests cards) {
        this.search = search;
        this.cards = cards;
    }

    /** In the transaction that writes the post, at its end. */
    void written(long statusId, String html, boolean local) {
        search.write(statusId);
        cards.written(statusId, html, local);
    }

    void edited(long statusId, String html, boolean local) {
        search.write(statusId);
        cards.edited(statusId, html, local);
    }
}
