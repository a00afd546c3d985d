package social.dunlin.account;

import java.time.Instant;

/** A login. It owns one or more accounts; nothing of it is public. */
public record User(long id, String email, String passwordHash, Role role, Instant confirmedAt, Instant approvedAt, Instant disabledAt, String locale) {
    /** What a login may do beyond its own accounts. */
    public enum Role {
        USER, MODERATOR, ADMIN
    }

    /** True when it may log in and act. */
    public boolean mayAct() {
        return confirmedAt != null && approvedAt != null && disabledAt == null;
    }
}
