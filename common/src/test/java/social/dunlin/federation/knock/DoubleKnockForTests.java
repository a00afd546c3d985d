package social.dunlin.federation.knock;

import social.dunlin.database.Database;
import social.dunlin.federation.http.GuardedHttpClient;
import social.dunlin.federation.key.SigningKeys;

/** For tests that put things together by hand. */
public final class DoubleKnockForTests {
    private DoubleKnockForTests() {
    }

    public static DoubleKnock of(Database database, GuardedHttpClient client, SigningKeys keys) {
        return new DoubleKnock(client, keys, new KnownSchemes(database));
    }
}
