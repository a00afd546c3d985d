package social.dunlin.federation.resolve;

import java.util.Optional;
import social.dunlin.account.Account;

/** Finds accounts and posts of other servers while somebody waits; bounded in time. */
public interface RemoteResolver {
    /** The account behind {@code user@host}: the stored one, else by WebFinger and fetch. Empty when it cannot be had. */
    Optional<Account> account(String username, String host);

    /** What a fediverse URL or id names: stored, or fetched from its origin. */
    Resolved url(String url);

    /** The outcome of looking up a URL. */
    sealed interface Resolved {
        record AccountFound(long accountId) implements Resolved {
        }

        record StatusFound(long statusId) implements Resolved {
        }

        record Nothing() implements Resolved {
        }
    }
}
