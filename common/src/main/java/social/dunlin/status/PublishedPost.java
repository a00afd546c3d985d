package social.dunlin.status;

import java.util.List;

/**
 * A post that has just been published.
 *
 * @param version the version of its row ({@link StatusGlance#version()}) that has nothing but text and hashtags: nobody mentioned,
 *                no media, poll, quote, emoji or card; 0 = look for yourself
 * @param tags    names of its hashtags, in the order in which they are shown
 */
public record PublishedPost(Status status, long version, List<String> tags) {
    static PublishedPost known(Status status) {
        return new PublishedPost(status, 0, List.of());
    }
}
