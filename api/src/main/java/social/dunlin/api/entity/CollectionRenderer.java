package social.dunlin.api.entity;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Entities;
import social.dunlin.activitypub.Uris;
import social.dunlin.collection.AccountCollection;
import social.dunlin.collection.CollectionItem;
import social.dunlin.collection.CollectionService;
import social.dunlin.domain.Domain;
import social.dunlin.visibility.Viewer;

/** Collections as the API shows them; one statement for the items of a whole page. */
@ApplicationScoped
public class CollectionRenderer {
    private final CollectionService collections;
    private final AccountRenderer accounts;

    public CollectionRenderer(CollectionService collections, AccountRenderer accounts) {
        this.collections = collections;
        this.accounts = accounts;
    }

    public CollectionsEntity render(List<AccountCollection> page, Domain domain, Viewer viewer) {
        Map<Long, List<CollectionItem>> items = collections.items(page, viewer).stream().collect(Collectors.groupingBy(CollectionItem::collectionId));
        return new CollectionsEntity(page.stream().map(collection -> entity(collection, items.getOrDefault(collection.id(), List.of()), domain)).toList());
    }

    public CollectionsEntity.Single render(AccountCollection collection, Domain domain, Viewer viewer) {
        return new CollectionsEntity.Single(render(List.of(collection), domain, viewer).collections().getFirst());
    }

    public CollectionsEntity.WithAccounts renderWithAccounts(AccountCollection collection, Domain domain, Viewer viewer) {
        List<CollectionItem> items = collections.items(List.of(collection), viewer);
        List<Long> ids = Stream.concat(Stream.of(collection.accountId()), items.stream().map(CollectionItem::accountId)).distinct().toList();
        Map<Long, AccountEntity> people = accounts.renderIds(ids);
        return new CollectionsEntity.WithAccounts(ids.stream().map(people::get).filter(Objects::nonNull).toList(), entity(collection, items, domain));
    }

    private static CollectionEntity entity(AccountCollection collection, List<CollectionItem> items, Domain domain) {
        return new CollectionEntity(Long.toString(collection.id()), Long.toString(collection.accountId()),
            collection.uri(), collection.url(), collection.name(),
            collection.local() ? Entities.escape(collection.description()) : collection.description(), collection.language(), collection.local(), collection.sensitive(), collection.discoverable(),
            collection.tag() == null ? null : new ShallowTagEntity(collection.tag(), new Uris(domain.baseUrl()).tag(collection.tag())),
            ApiTime.of(collection.createdAt()), ApiTime.of(collection.updatedAt()), items.size(), items.stream().map(CollectionItemEntity::of).toList());
    }
}
