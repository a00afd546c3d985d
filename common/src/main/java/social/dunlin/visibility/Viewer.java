package social.dunlin.visibility;

import java.util.OptionalLong;

/** Who looks: nobody known, or one account (local, or remote when it signed a request). */
public record Viewer(OptionalLong accountId) {
    private static final Viewer ANONYMOUS = new Viewer(OptionalLong.empty());

    public static Viewer anonymous() {
        return ANONYMOUS;
    }

    public static Viewer of(long accountId) {
        return new Viewer(OptionalLong.of(accountId));
    }

    public boolean isAnonymous() {
        return accountId.isEmpty();
    }

    public boolean is(long id) {
        return accountId.isPresent() && accountId.getAsLong() == id;
    }

    /** The account's id, or null: the form SQL takes. */
    public Long idOrNull() {
        return accountId.isPresent() ? accountId.getAsLong() : null;
    }
}
