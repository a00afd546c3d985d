package social.dunlin.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.TwoFactor.Secret;
import social.dunlin.account.UserService.NewUser;
import social.dunlin.database.Database;
import social.dunlin.domain.DomainStore;
import social.dunlin.domain.Domains;
import social.dunlin.event.EventBus;
import social.dunlin.oauth.Identity;
import social.dunlin.oauth.SecondSteps;
import social.dunlin.queue.Jobs;
import social.dunlin.refusal.Refusal;
import social.dunlin.testing.DatabaseExtension;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoFactorTest {
    private static final String PASSWORD = "correct horse";

    private Database database;
    private UserService users;
    private TwoFactor twoFactor;
    private SecondSteps steps;
    private int number;

    @BeforeAll
    void start(Database database, Vertx vertx, PgConnectOptions options) {
        this.database = database;
        Domains domains = new Domains(new DomainStore(database));
        domains.add("shore.example", "shore.example");
        EventBus events = EventBus.of(database, vertx, options, true);
        users = new Identity(database, domains, events).users();
        twoFactor = new TwoFactor(database, new TwoFactorStore(database), users, new UserLetters(Jobs.of(database, events)));
        steps = new SecondSteps(database);
    }

    private long person() {
        String name = "person" + ++number;
        return users.create(new NewUser(Optional.empty(), name, name + "@mail.example", Optional.of(PASSWORD), false, true)).user().id();
    }

    /** A step ahead of the clock is good as well, and still so when the clock gets there. */
    private static String code(Secret secret, long step) {
        return Totp.code(HexFormat.of().parseHex(secret.key()), step);
    }

    private static long now() {
        return Totp.stepAt(Instant.now());
    }

    private List<String> switchedOn(long user, Secret secret) {
        return twoFactor.switchOn(user, secret, code(secret, now()), PASSWORD);
    }

    private static String refusal(Runnable work) {
        return assertThrows(Refusal.class, work::run).getMessage();
    }

    @Test
    void switchingOnTakesPasswordAndCode() {
        long user = person();
        Secret secret = Secret.make();
        assertEquals("The password is not right", refusal(() -> twoFactor.switchOn(user, secret, code(secret, now()), "wrong")));
        assertEquals("The code is not right", refusal(() -> twoFactor.switchOn(user, secret, code(Secret.make(), now()), PASSWORD)));
        assertFalse(twoFactor.isOn(user));
        assertFalse(twoFactor.accept(user, code(secret, now())));
        assertEquals(10, Set.copyOf(switchedOn(user, secret)).size());
        assertTrue(twoFactor.isOn(user));
        assertEquals("Two-factor authentication is on already", refusal(() -> twoFactor.switchOn(user, secret, code(secret, now()), PASSWORD)));
        assertEquals(422, assertThrows(Refusal.class, () -> new Secret("../../etc")).status());
    }

    @Test
    void everyChangeIsToldByALetter() {
        long user = person();
        Secret secret = Secret.make();
        refusal(() -> twoFactor.switchOn(user, secret, "000000", PASSWORD));
        assertEquals(List.of(), letters(user));
        List<String> codes = switchedOn(user, secret);
        twoFactor.renewRecoveryCodes(user, codes.get(0), PASSWORD);
        assertEquals("The code is not right", refusal(() -> twoFactor.switchOff(user, codes.get(1), PASSWORD)), "the old codes are gone");
        assertTrue(twoFactor.switchOff(users.byId(user).orElseThrow()));
        assertFalse(twoFactor.switchOff(users.byId(user).orElseThrow()));
        assertEquals(List.of("two-factor-on", "recovery-codes", "two-factor-off"), letters(user));
    }

    private List<String> letters(long user) {
        return database.list("select payload from job where kind = $1 and payload like $2 || ' %' order by id",
            row -> row.getString("payload").replaceFirst(".* ", ""), UserLetters.KIND, Long.toString(user));
    }

    @Test
    void hostileInput112_noCodeIsGoodTwiceNorAnOlderOneAfterIt() {
        long user = person();
        Secret secret = Secret.make();
        switchedOn(user, secret);
        String next = code(secret, now() + 1);
        String before = code(secret, now());
        assertTrue(twoFactor.accept(user, next.substring(0, 3) + " " + next.substring(3)));
        assertFalse(twoFactor.accept(user, next));
        assertFalse(twoFactor.accept(user, before));
        assertFalse(twoFactor.accept(person(), next));
    }

    @Test
    void ofManyWhoSendACodeAtOnceOneGetsIn() throws InterruptedException {
        long user = person();
        Secret secret = Secret.make();
        String recovery = switchedOn(user, secret).getFirst();
        for (String code : List.of(code(secret, now() + 1), recovery)) {
            AtomicInteger accepted = new AtomicInteger();
            List<Thread> all = IntStream.range(0, 8).mapToObj(ignored -> Thread.ofVirtual().start(() -> {
                if (twoFactor.accept(user, code)) {
                    accepted.incrementAndGet();
                }
            })).toList();
            for (Thread each : all) {
                each.join();
            }
            assertEquals(1, accepted.get());
        }
    }

    @Test
    void recoveryCodesAreGoodOnceAndOnlyTheirHashesAreKept() {
        long user = person();
        Secret secret = Secret.make();
        List<String> codes = switchedOn(user, secret);
        assertTrue(codes.getFirst().matches("([a-z2-7]{4}-){3}[a-z2-7]{4}"), codes.getFirst());
        assertTrue(twoFactor.accept(user, codes.getFirst().toUpperCase().replace("-", " ")));
        assertFalse(twoFactor.accept(user, codes.getFirst()));
        assertEquals(9, twoFactor.recoveryCodesLeft(user));
        assertFalse(database.exists("select from recovery_code where code_hash = convert_to($1, 'UTF8')", codes.get(1).replace("-", "")));
        List<String> renewed = twoFactor.renewRecoveryCodes(user, codes.get(1), PASSWORD);
        assertEquals("The code is not right", refusal(() -> twoFactor.renewRecoveryCodes(user, codes.get(2), PASSWORD)));
        assertTrue(twoFactor.accept(user, renewed.getFirst()));
        for (String nothing : List.of("", " ", "-", "\u0000", "0".repeat(10_000))) {
            assertFalse(twoFactor.accept(user, nothing), nothing);
        }
    }

    @Test
    void switchingOffTakesBothAndForgetsEverything() {
        long user = person();
        Secret secret = Secret.make();
        List<String> codes = switchedOn(user, secret);
        assertEquals("The code is not right", refusal(() -> twoFactor.switchOff(user, "123456x", PASSWORD)));
        assertEquals("The password is not right", refusal(() -> twoFactor.switchOff(user, codes.getFirst(), "wrong")));
        twoFactor.switchOff(user, codes.getFirst(), PASSWORD);
        assertFalse(twoFactor.isOn(user));
        assertFalse(database.exists("select from recovery_code where user_id = $1", user));
        switchedOn(user, Secret.make());
        assertTrue(twoFactor.switchOff(users.byId(user).orElseThrow()));
        assertFalse(twoFactor.switchOff(users.byId(user).orElseThrow()));
    }

    @Test
    void hostileInput112_secondStepEndsAfterAFewTriesAndWithTheOldPassword() {
        long user = person();
        String id = steps.begin(user);
        assertEquals(Optional.of(user), steps.userOf(id));
        for (int attempt = 0; attempt < 5; attempt++) {
            assertEquals(Optional.of(user), steps.attempt(id));
        }
        assertEquals(Optional.empty(), steps.attempt(id));
        assertEquals(Optional.empty(), steps.userOf(id));
        String other = steps.begin(user);
        users.changePassword(user, "another password");
        assertEquals(Optional.empty(), steps.attempt(other));
        String late = steps.begin(user);
        database.execute("update second_step set expires_at = now() - interval '1 second'");
        assertEquals(Optional.empty(), steps.attempt(late));
        assertEquals(Optional.empty(), steps.userOf("made up"));
    }

    @Test
    void whatAppsScanNamesThePlace() {
        String uri = new Secret("00".repeat(20)).uri("shore.example", "wren");
        assertEquals("otpauth://totp/shore.example:wren?secret=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&issuer=shore.example", uri);
        assertEquals("AAAA AAAA AAAA AAAA AAAA AAAA AAAA AAAA", new Secret("00".repeat(20)).text());
    }
}
