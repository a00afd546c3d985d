package social.dunlin.api.activitypub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.function.LongFunction;
import social.dunlin.activitypub.OrderedCollectionDocument;
import social.dunlin.federation.document.PublishedCollections;
import social.dunlin.federation.document.PublishedCollections.Post;

/** A collection of posts by id, oldest first: whole while it fits one page, else in pages. */
final class PostCollection {
    private PostCollection() {
    }

    /**
     * @param total as counted; the members that are shown may be fewer
     * @param from  the members after a row's id, a page at most
     */
    static ObjectNode of(String id, boolean paged, Long after, long total, LongFunction<List<Post>> from) {
        List<Post> posts = from.apply(after == null ? 0 : after);
        String next = posts.size() < PublishedCollections.POSTS_PAGE ? null : page(id, posts.getLast().statusId());
        List<TextNode> items = posts.stream().map(post -> TextNode.valueOf(post.uri())).toList();
        if (paged) {
            return OrderedCollectionDocument.page(page(id, after), id, next, null, items);
        }
        return next == null ? OrderedCollectionDocument.whole(id, items) : OrderedCollectionDocument.paged(id, total, page(id, null));
    }

    private static String page(String id, Long after) {
        return id + "?page=true" + (after == null ? "" : "&min_id=" + after);
    }
}
