package social.dunlin.relationship;

/** What became of a Follow from another server. The answer (Accept, Reject) is already in the outbox. */
public sealed interface FollowOutcome {
    /** The sender follows now, or did before. */
    record Accepted() implements FollowOutcome {
    }

    /** A person decides. */
    record Pending() implements FollowOutcome {
    }

    /** Blocked, moved, suspended or not to be followed at all. */
    record Refused() implements FollowOutcome {
    }
}
