package social.dunlin.api.entity;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import social.dunlin.api.access.AskedDomain;
import social.dunlin.media.proxy.MediaAddresses;
import social.dunlin.media.proxy.Rendition;
import social.dunlin.status.ReactionCount;
import social.dunlin.status.ReactionStore;
import social.dunlin.visibility.Viewer;

/** Emoji reactions of posts; two statements for a whole page. */
@ApplicationScoped
public class EmojiReactionRenderer {
    private final ReactionStore store;
    private final AccountRenderer accounts;
    private final MediaAddresses addresses;
    private final AskedDomain asked;

    public EmojiReactionRenderer(ReactionStore store, AccountRenderer accounts, MediaAddresses addresses, AskedDomain asked) {
        this.store = store;
        this.accounts = accounts;
        this.addresses = addresses;
        this.asked = asked;
    }

    /** By post, the most used first; posts without reactions are left out. */
    public Map<Long, List<EmojiReactionEntity>> render(Collection<Long> statusIds, Viewer viewer) {
        Map<Long, List<ReactionCount>> counts = store.countsOf(statusIds);
        Map<Long, Set<String>> own = viewer.isAnonymous() || counts.isEmpty() ? Map.of() : store.namesBy(viewer.idOrNull(), counts.keySet());
        Map<Long, List<EmojiReactionEntity>> result = new HashMap<>();
        counts.forEach((id, reactions) -> result.put(id, reactions.stream()
            .map(reaction -> entity(reaction, own.getOrDefault(id, Set.of()), null)).toList()));
        return result;
    }

    /** Of one post, with those who reacted. */
    public List<EmojiReactionEntity> renderWithAccounts(long statusId, Viewer viewer) {
        Map<String, List<Long>> ids = store.accountsOf(viewer, statusId);
        Map<Long, AccountEntity> entities = accounts.renderIds(ids.values().stream().flatMap(List::stream).distinct().toList());
        Set<String> own = viewer.isAnonymous() ? Set.of() : store.namesBy(viewer.idOrNull(), List.of(statusId)).getOrDefault(statusId, Set.of());
        return store.countsOf(List.of(statusId)).getOrDefault(statusId, List.of()).stream().map(reaction -> entity(reaction, own,
            ids.getOrDefault(reaction.name(), List.of()).stream().map(entities::get).filter(Objects::nonNull).toList())).toList();
    }

    private EmojiReactionEntity entity(ReactionCount reaction, Set<String> own, List<AccountEntity> accounts) {
        String picture = addresses.of(reaction.url(), "", asked.get());
        String still = addresses.of(reaction.url(), "", asked.get(), Rendition.STILL);
        return new EmojiReactionEntity(reaction.name(), reaction.count(), own.contains(reaction.name()), picture, still, accounts);
    }
}
