package social.dunlin.account;

import java.time.Instant;

/**
 * An invitation.
 *
 * @param maxUses   null = any number
 * @param expiresAt null = never
 */
public record Invite(long id, String code, Integer maxUses, int uses, Instant expiresAt, Instant createdAt) {
    public boolean isOpen() {
        return (maxUses == null || uses < maxUses) && (expiresAt == null || expiresAt.isAfter(Instant.now()));
    }
}
