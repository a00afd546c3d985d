package social.dunlin.relationship;

import java.util.List;

/**
 * What a follower wants to see; null = leave as it is (for a new follow: boosts yes, bell no, all languages).
 *
 * @param bell      a notification for every post
 * @param languages empty = all
 */
public record FollowOptions(Boolean reblogs, Boolean bell, List<String> languages) {
    public static final FollowOptions UNCHANGED = new FollowOptions(null, null, null);
}
