package social.dunlin.federation.actor;

import social.dunlin.account.Account;

/** What became of looking for a remote actor. */
public sealed interface ActorFetch {
    record Found(Account account) implements ActorFetch {
    }

    /** Deleted for good (410). */
    record Gone() implements ActorFetch {
    }

    /** No such actor, or one that breaks the rules; asking again is of no use for a while. */
    record Refused(String reason) implements ActorFetch {
    }

    /** It cannot be had now. */
    record Unreachable() implements ActorFetch {
    }
}
