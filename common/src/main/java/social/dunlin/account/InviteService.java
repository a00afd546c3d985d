package social.dunlin.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.database.Database;
import social.dunlin.domain.Domain;
import social.dunlin.oauth.OpaqueSecret;
import social.dunlin.refusal.Refusal;

/** Invitations, by people whom the settings let invite and by the operator. Whoever has one needs no approval, as in Mastodon. */
@ApplicationScoped
public class InviteService {
    private static final int CODE_LENGTH = 16;
    private static final int OPEN_AT_ONCE = 100;
    private static final int MAXIMUM_USES = 1_000;
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private final Database database;
    private final InviteStore store;
    private final Set<User.Role> inviters;

    public InviteService(Database database, InviteStore store, DunlinConfiguration configuration) {
        this.database = database;
        this.store = store;
        this.inviters = switch (configuration.registration().invites()) {
            case NOBODY -> EnumSet.noneOf(User.Role.class);
            case ADMINISTRATORS -> EnumSet.of(User.Role.ADMIN);
            case MODERATORS -> EnumSet.of(User.Role.ADMIN, User.Role.MODERATOR);
            case EVERYBODY -> EnumSet.allOf(User.Role.class);
        };
    }

    public boolean mayInvite(User user) {
        return user.mayAct() && inviters.contains(user.role());
    }

    /**
     * @param maxUses    null = any number
     * @param life       null = for ever
     * @param followedId the account of the login that people follow who come by it; null = none
     */
    public Invite create(User user, Domain domain, Integer maxUses, Duration life, Long followedId) {
        requireInviter(user);
        checkBounds(maxUses, life);
        return database.transaction(() -> {
            if (store.lockedCount(user.id()) >= OPEN_AT_ONCE) {
                throw Refusal.unprocessable("You have too many open invitations");
            }
            return store.insert(makeCode(), domain.id(), user.id(), maxUses, life, followedId);
        });
    }

    public Invite createForOperator(Domain domain, Integer maxUses, Duration life) {
        checkBounds(maxUses, life);
        return store.insert(makeCode(), domain.id(), null, maxUses, life, null);
    }

    /** All that the login made for this domain, the newest first. */
    public List<Invite> of(User user, Domain domain) {
        requireInviter(user);
        return store.of(user.id(), domain.id());
    }

    /** Nobody can use it any more. */
    public void end(User user, long id) {
        store.end(user.id(), id);
    }

    public boolean isGood(Domain domain, String code) {
        return CODE.matcher(code).matches() && store.isGood(domain.id(), code, inviters);
    }

    /** In the transaction that signs somebody up. Empty when it was good no more. */
    Optional<Long> use(Domain domain, String code) {
        return store.use(domain.id(), code, inviters);
    }

    public static String url(Domain domain, Invite invite) {
        return domain.baseUrl() + "/invite/" + invite.code();
    }

    private void requireInviter(User user) {
        if (!mayInvite(user)) {
            throw Refusal.forbidden("You cannot invite people here");
        }
    }

    private static void checkBounds(Integer maxUses, Duration life) {
        if (maxUses != null && (maxUses < 1 || maxUses > MAXIMUM_USES)) {
            throw Refusal.unprocessable("An invitation can be used 1 to %d times".formatted(MAXIMUM_USES));
        }
        if (life != null && (life.isNegative() || life.isZero() || life.compareTo(LONGEST) > 0)) {
            throw Refusal.unprocessable("An invitation can be good for a year at most");
        }
    }

    private static String makeCode() {
        return OpaqueSecret.make().substring(0, CODE_LENGTH);
    }
}
