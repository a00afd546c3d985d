package social.dunlin.api.entity;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jsoup.nodes.Entities;
import social.dunlin.api.access.AskedDomain;
import social.dunlin.api.entity.PreviewCardEntity.AuthorEntity;
import social.dunlin.card.PreviewCard;
import social.dunlin.card.PreviewCardStore;
import social.dunlin.media.proxy.MediaAddresses;
import social.dunlin.media.proxy.Rendition;
import social.dunlin.visibility.Viewer;

/** Previews of linked pages; one statement for a whole page, and those of the accounts of their authors if there are any. */
@ApplicationScoped
public class PreviewCardRenderer {
    private final PreviewCardStore cards;
    private final AccountRenderer accounts;
    private final MediaAddresses addresses;
    private final AskedDomain asked;

    public PreviewCardRenderer(PreviewCardStore cards, AccountRenderer accounts, MediaAddresses addresses, AskedDomain asked) {
        this.cards = cards;
        this.accounts = accounts;
        this.addresses = addresses;
        this.asked = asked;
    }

    /** By post; posts without one are left out. */
    public Map<Long, PreviewCardEntity> render(Collection<Long> statusIds, Viewer viewer) {
        Map<Long, PreviewCard> found = cards.ofStatuses(statusIds);
        Map<Long, PreviewCardEntity> rendered = renderCards(found.values(), viewer);
        Map<Long, PreviewCardEntity> result = new HashMap<>();
        found.forEach((statusId, card) -> result.put(statusId, rendered.get(card.id())));
        return result;
    }

    /** By card. */
    public Map<Long, PreviewCardEntity> renderCards(Collection<PreviewCard> found, Viewer viewer) {
        Map<Long, AccountEntity> authors = accounts.renderIds(found.stream().map(PreviewCard::authorId).filter(Objects::nonNull).distinct().toList());
        Map<Long, PreviewCardEntity> result = new HashMap<>();
        found.forEach(card -> result.put(card.id(), entity(card, card.authorId() == null ? null : authors.get(card.authorId()), viewer)));
        return result;
    }

    /** Those of the posts whose card names an account: it may change without them. */
    Set<Long> claimedOf(Collection<Long> statusIds) {
        return cards.claimedOf(statusIds);
    }

    private PreviewCardEntity entity(PreviewCard card, AccountEntity author, Viewer viewer) {
        String name = !card.authorName().isEmpty() || author == null ? card.authorName() : author.displayName().isEmpty() ? author.username() : author.displayName();
        String url = !card.authorUrl().isEmpty() || author == null ? card.authorUrl() : author.url();
        boolean unanswered = author == null && card.claimedId() != null && viewer.is(card.claimedId());
        return new PreviewCardEntity(card.url(), card.title(), card.description(), card.language(), card.type(), name, url,
            card.providerName(), card.providerUrl(), card.type().equals("video") ? frame(card) : "", card.width(), card.height(),
            addresses.of(card.imageUrl(), "", asked.get(), Rendition.PREVIEW), card.imageDescription(), card.type().equals("photo") ? photo(card) : "", null, ApiTime.of(card.publishedAt()),
            name.isEmpty() && author == null ? List.of() : List.of(new AuthorEntity(name, url, author)), unanswered ? true : null);
    }

    private String photo(PreviewCard card) {
        String address = addresses.of(card.embedUrl(), "", asked.get());
        return address == null ? "" : address;
    }

    /** Of what a page offers as HTML nothing is used but the address (CVE-2023-36459). */
    private static String frame(PreviewCard card) {
        return "<iframe src=\"%s\" width=\"%d\" height=\"%d\" frameborder=\"0\" allowfullscreen=\"true\" sandbox=\"allow-scripts allow-same-origin allow-popups allow-forms\"></iframe>"
            .formatted(Entities.escape(card.embedUrl()).replace("\"", "&quot;"), card.width(), card.height());
    }
}
