package social.dunlin.account;

import java.time.Instant;

/**
 * An invitation.
 *
 * @param maxUses   null = any number
 * @param expiresAt null = never
 * @param followed  who comes by it follows its maker from the beginning
 */
public record Invite(long id, String code, Integer maxUses, int uses, Instant expiresAt, boolean followed, Instant createdAt) {
    public boolean isOpen() {
        return (maxUses == null || uses < maxUses) && (expiresAt == null || expiresAt.isAfter(Instant.now()));
    }
}
