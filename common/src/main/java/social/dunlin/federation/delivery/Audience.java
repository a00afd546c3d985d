package social.dunlin.federation.delivery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/**
 * Who is to get an activity, as sets the database expands. Only remote accounts count in the end.
 *
 * @param accountIds   these accounts themselves; delivered first
 * @param mentionedIn  those mentioned in this post; delivered first
 * @param interactedWith those known to have boosted, favourited, quoted or answered this post or voted in its poll, and the followers of
 *                     those who boosted it from here: they were shown it
 * @param followersOf  the followers of these accounts; delivered last
 * @param relays       also the relays, which pass it on to everybody: for what is public
 */
public record Audience(List<Long> accountIds, OptionalLong mentionedIn, OptionalLong interactedWith, List<Long> followersOf, boolean relays) {
    public Audience {
        accountIds = List.copyOf(accountIds);
        followersOf = List.copyOf(followersOf);
    }

    public static Audience of(long accountId) {
        return accounts(List.of(accountId));
    }

    public static Audience accounts(Collection<Long> accountIds) {
        return new Audience(List.copyOf(accountIds), OptionalLong.empty(), OptionalLong.empty(), List.of(), false);
    }

    public static Audience followers(long accountId) {
        return new Audience(List.of(), OptionalLong.empty(), OptionalLong.empty(), List.of(accountId), false);
    }

    public Audience and(Collection<Long> moreAccountIds) {
        List<Long> all = new ArrayList<>(accountIds);
        all.addAll(moreAccountIds);
        return new Audience(all, mentionedIn, interactedWith, followersOf, relays);
    }

    public Audience andMentionedIn(long statusId) {
        return new Audience(accountIds, OptionalLong.of(statusId), interactedWith, followersOf, relays);
    }

    public Audience andInteractedWith(long statusId) {
        return new Audience(accountIds, mentionedIn, OptionalLong.of(statusId), followersOf, relays);
    }

    public Audience andFollowersOf(Collection<Long> accounts) {
        List<Long> all = new ArrayList<>(followersOf);
        all.addAll(accounts);
        return new Audience(accountIds, mentionedIn, interactedWith, all, relays);
    }

    public Audience andRelays() {
        return new Audience(accountIds, mentionedIn, interactedWith, followersOf, true);
    }

    public Audience withoutRelays() {
        return new Audience(accountIds, mentionedIn, interactedWith, followersOf, false);
    }
}
