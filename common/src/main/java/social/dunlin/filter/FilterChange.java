package social.dunlin.filter;

import java.time.Duration;
import java.util.List;

/**
 * What is to be different; null = as it is (for a new filter: the default).
 *
 * @param expiry   when it ends
 * @param keywords to add, change or remove
 */
public record FilterChange(String title, List<FilterContext> contexts, FilterAction action, Expiry expiry, List<KeywordChange> keywords) {

    /** @param in null = never */
    public record Expiry(Duration in) {
    }

    /**
     * @param id        null for a new one
     * @param keyword   null = as it is
     * @param wholeWord null = as it is, true for a new one
     */
    public record KeywordChange(Long id, String keyword, Boolean wholeWord, boolean remove) {
    }
}
