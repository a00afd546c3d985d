package social.dunlin.collection;

import java.util.Optional;
import social.dunlin.text.Hashtag;

/**
 * A collection as its origin, another server, has it.
 *
 * @param url         page for people; null = none
 * @param description safe HTML
 * @param language    null = not said
 */
public record RemoteCollection(String uri, String url, String name, String description, String language, boolean sensitive, boolean discoverable,
                               Optional<Hashtag> topic) {
}
