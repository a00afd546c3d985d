package social.dunlin.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.UserCodes.Purpose;
import social.dunlin.account.UserService.NewUser;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.database.Database;
import social.dunlin.domain.Domain;
import social.dunlin.domain.DomainStore;
import social.dunlin.domain.Domains;
import social.dunlin.event.EventBus;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.NotificationStore;
import social.dunlin.oauth.Identity;
import social.dunlin.push.PushQueues;
import social.dunlin.queue.Jobs;
import social.dunlin.refusal.Refusal;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.TestConfiguration;

/** Who may invite, how often an invitation is good, and what it opens. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InvitesTest {
    private Database database;
    private Domain shore;
    private Domain harbour;
    private User admin;
    private User user;
    private UserStore users;
    private Jobs jobs;
    private NotificationService notifications;
    private LocalAccounts localAccounts;
    private int number;

    @BeforeAll
    void start(Database database, Vertx vertx, PgConnectOptions options) {
        this.database = database;
        Domains domains = new Domains(new DomainStore(database));
        shore = domains.add("shore.example", "shore.example");
        harbour = domains.add("harbour.example", "harbour.example");
        EventBus bus = EventBus.of(database, vertx, options, true);
        Identity identity = new Identity(database, domains, bus);
        jobs = Jobs.of(database, bus);
        notifications = new NotificationService(new NotificationStore(database), bus, database, PushQueues.of(database, jobs));
        users = new UserStore(database);
        localAccounts = identity.localAccounts();
        admin = identity.users().create(new NewUser(Optional.empty(), "boss", "boss@mail.example", Optional.of("correct horse"), true, true)).user();
        user = identity.users().create(new NewUser(Optional.empty(), "wren", "wren@mail.example", Optional.of("correct horse"), false, true)).user();
    }

    private static DunlinConfiguration configuration(String mode, String invites) {
        return TestConfiguration.of(Map.of("dunlin.registration.mode", mode, "dunlin.registration.invites", invites));
    }

    private InviteService invites(String whoMay) {
        return new InviteService(database, new InviteStore(database), configuration("invitation", whoMay));
    }

    private SignUpService signUps(String mode) {
        DunlinConfiguration configuration = configuration(mode, "administrators");
        return new SignUpService(database, configuration, users, localAccounts, new Passwords(), new UserCodes(database), new UserLetters(jobs),
            new InviteService(database, new InviteStore(database), configuration), new Arrivals(database, notifications, jobs, new Moderators(database)));
    }

    private SignUpService.Application application(Domain domain, String reason, String invite) {
        String name = "guest" + ++number;
        return new SignUpService.Application(domain, name, name + "@mail.example", "correct horse", true, reason, "en", "192.0.2.1", invite);
    }

    private Optional<User> signedUp(String mode, Domain domain, String reason, String invite) {
        return users.byId(signUps(mode).signUp(application(domain, reason, invite)).userId().getAsLong());
    }

    private static int refusal(Runnable work) {
        return assertThrows(Refusal.class, work::run).status();
    }

    @Test
    void settingSaysWhoMayInvite() {
        assertEquals(List.of(false, true, true, true), IntStream.range(0, 4)
            .mapToObj(index -> invites(List.of("nobody", "administrators", "moderators", "everybody").get(index)).mayInvite(admin)).toList());
        assertTrue(invites("everybody").mayInvite(user));
        assertFalse(invites("moderators").mayInvite(user));
        assertEquals(403, refusal(() -> invites("administrators").create(user, shore, 1, null, null)));
        assertEquals(403, refusal(() -> invites("administrators").of(user, shore)));
        String code = invites("everybody").create(user, shore, null, null, null).code();
        assertTrue(invites("everybody").isGood(shore, code));
        assertFalse(invites("administrators").isGood(shore, code), "links stop with the permission");
        assertTrue(invites("nobody").isGood(shore, invites("nobody").createForOperator(shore, null, null).code()));
        database.execute("update dunlin_user set disabled_at = now() where id = $1", user.id());
        assertFalse(invites("everybody").isGood(shore, code), "and with the login");
        database.execute("update dunlin_user set disabled_at = null where id = $1", user.id());
    }

    @Test
    void invitationIsGoodForItsDomainAndTimeUntilItIsEnded() {
        InviteService invites = invites("administrators");
        Invite invite = invites.create(admin, shore, null, Duration.ofDays(7), null);
        assertTrue(invites.isGood(shore, invite.code()));
        assertFalse(invites.isGood(harbour, invite.code()));
        invites.end(user, invite.id());
        assertTrue(invites.isGood(shore, invite.code()), "somebody else's");
        invites.end(admin, invite.id());
        assertFalse(invites.isGood(shore, invite.code()));
        for (String nothing : List.of("", " ", "made-up", "x".repeat(100_000))) {
            assertFalse(invites.isGood(shore, nothing));
        }
        for (Runnable odd : List.<Runnable>of(() -> invites.create(admin, shore, 0, null, null), () -> invites.create(admin, shore, -1, null, null),
            () -> invites.create(admin, shore, 1_001, null, null), () -> invites.create(admin, shore, 1, Duration.ZERO, null), () -> invites.create(admin, shore, 1, Duration.ofDays(-1), null),
            () -> invites.createForOperator(shore, 1, Duration.ofDays(400_000)))) {
            assertEquals(422, refusal(odd));
        }
    }

    @Test
    void whoComesByAnInvitationFollowsItsMakerWhenItSaysSo() {
        long maker = database.first("select id from account where user_id = $1", row -> row.getLong("id"), admin.id()).orElseThrow();
        User silent = signedUp("open", shore, "", invites("administrators").create(admin, shore, null, null, null).code()).orElseThrow();
        User following = signedUp("open", shore, "", invites("administrators").create(admin, shore, null, null, maker).code()).orElseThrow();
        assertEquals(List.of(), follows(), "nobody is in yet");
        for (User each : List.of(silent, following)) {
            assertTrue(signUps("open").confirm(new UserCodes(database).make(each, Purpose.CONFIRM)).isPresent());
        }
        long follower = database.first("select id from account where user_id = $1", row -> row.getLong("id"), following.id()).orElseThrow();
        assertEquals(List.of(follower + " " + maker), follows());
        database.execute("delete from job");
    }

    private List<String> follows() {
        return database.list("select payload from job where kind = $1", row -> row.getString("payload"), Arrivals.FOLLOW);
    }

    @Test
    void invitedPeopleNeedNoApprovalAndOthersDo() {
        String code = invites("administrators").create(admin, shore, null, null, null).code();
        assertNotNull(signedUp("approval", shore, "", code).orElseThrow().approvedAt());
        assertNull(signedUp("approval", shore, "I like birds", "").orElseThrow().approvedAt());
        assertNull(signedUp("approval", shore, "I like birds", "made-up").orElseThrow().approvedAt());
        assertEquals(422, refusal(() -> signedUp("approval", shore, "", "made-up")));
        assertNotNull(signedUp("open", shore, "", "made-up").orElseThrow().approvedAt());
        assertTrue(database.exists("select from dunlin_user join invite on invite.id = dunlin_user.invite_id where invite.code = $1", code));
    }

    @Test
    void byInvitationOnlyTheInvitedComeInAndWhereItIsClosedNobody() {
        String code = invites("administrators").create(admin, shore, null, null, null).code();
        assertNotNull(signedUp("invitation", shore, "", code).orElseThrow().approvedAt());
        for (String other : List.of("", "made-up")) {
            assertEquals(403, refusal(() -> signedUp("invitation", shore, "", other)));
        }
        assertEquals(403, refusal(() -> signedUp("invitation", harbour, "", code)));
        assertEquals(403, refusal(() -> signedUp("closed", shore, "", code)));
    }

    @Test
    void ofManyWhoComeAtOnceNoMoreThanTheNumberGetIn() throws InterruptedException {
        Invite invite = invites("administrators").create(admin, shore, 2, null, null);
        AtomicInteger in = new AtomicInteger();
        List<SignUpService.Application> all = IntStream.range(0, 6).mapToObj(ignored -> application(shore, "", invite.code())).toList();
        List<Thread> threads = all.stream().map(each -> Thread.ofVirtual().start(() -> {
            try {
                signUps("invitation").signUp(each);
                in.incrementAndGet();
            } catch (Refusal late) {
                assertEquals(403, late.status());
            }
        })).toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(2, in.get());
        assertFalse(invites("administrators").isGood(shore, invite.code()));
    }

    @Test
    void administratorsAreToldOnceSomebodyIsIn() {
        User guest = signedUp("approval", shore, "I like birds", "").orElseThrow();
        assertEquals(List.of(), toldOf(guest));
        signUps("approval").approve(guest, false);
        assertEquals(List.of(), toldOf(guest), "the address is still to be confirmed");
        signUps("approval").confirm(new UserCodes(database).make(guest, UserCodes.Purpose.CONFIRM));
        signUps("approval").approve(users.byId(guest.id()).orElseThrow(), false);
        assertEquals(List.of("boss admin.sign_up"), toldOf(guest));
    }

    private List<String> toldOf(User guest) {
        return database.list("""
            select receiver.username || ' ' || notification.type as told
            from notification join account receiver on receiver.id = notification.account_id join account sender on sender.id = notification.from_account_id
            where sender.user_id = $1""", row -> row.getString("told"), guest.id());
    }

    @Test
    void signUpThatIsRefusedUsesNothingUp() {
        Invite invite = invites("administrators").create(admin, shore, 1, null, null);
        SignUpService.Application taken = new SignUpService.Application(shore, "wren", "other@mail.example", "correct horse", true, "", "en", "", invite.code());
        assertEquals(422, refusal(() -> signUps("invitation").signUp(taken)));
        assertTrue(invites("administrators").isGood(shore, invite.code()));
        assertTrue(invites("administrators").of(admin, shore).stream().anyMatch(each -> each.id() == invite.id() && each.isOpen() && each.uses() == 0));
    }
}
