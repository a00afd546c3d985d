package social.dunlin.filter;

import java.util.Optional;
import java.util.Set;

/**
 * A filter that a post matches.
 *
 * @param keyword   the first of its keywords that the post has
 * @param statusIds those of its single posts that it is
 */
public record FilterMatch(Filter filter, Optional<String> keyword, Set<Long> statusIds) {
}
