package social.dunlin.status;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import social.dunlin.card.CardRequests;
import social.dunlin.search.StatusSearchIndex;

/** What is made out of a post's text wherever the post comes from: its words for search, the preview of its link. */
@Singleton
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

    /** The words of a post of ours without media, to be written with it. */
    static String words(String spoilerText, List<String> options, String html) {
        return StatusSearchIndex.vector(new StatusSearchIndex.Text(html, Stream.concat(Stream.of(spoilerText), options.stream()).toList()));
    }

    /** In the transaction that writes a post of ours, at its end. @param wordsToo when they were not written with it */
    void ofOwn(long statusId, String html, boolean wordsToo) {
        if (wordsToo) {
            search.write(statusId);
        }
        cards.written(statusId, html, true);
    }

    /** Whether {@link #ofOwn} leaves a job for the preview of a link. */
    boolean isLinked(String html) {
        return cards.isLinked(html);
    }

    /** As {@link #written(long, String, boolean)} for many posts of other servers. */
    void written(Map<Long, StatusSearchIndex.Text> texts) {
        search.write(texts);
        Map<Long, String> htmlById = new LinkedHashMap<>();
        texts.forEach((id, text) -> htmlById.put(id, text.html()));
        cards.written(htmlById);
    }

    void edited(long statusId, String html, boolean local) {
        search.write(statusId);
        cards.edited(statusId, html, local);
    }
}
