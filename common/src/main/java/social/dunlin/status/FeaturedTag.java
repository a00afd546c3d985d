package social.dunlin.status;

import java.time.Instant;

/**
 * A hashtag an account shows on its profile.
 *
 * @param name          as people write it, without the sign
 * @param statusesCount posts of the account with it that everybody may read
 * @param lastStatusAt  of the newest of them; null when there is none
 */
public record FeaturedTag(long id, String name, int statusesCount, Instant lastStatusAt) {
}
