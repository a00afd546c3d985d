package social.dunlin.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.commandline.Invocation.CreateUser;
import social.dunlin.commandline.Invocation.IssueToken;
import social.dunlin.commandline.Invocation.PublishPost;
import social.dunlin.commandline.Invocation.Run;

class ArgumentsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void servingIsTheDefault() {
        assertEquals(new Arguments.Asked(new Run(), Optional.empty()), parse());
        assertEquals(new Arguments.Asked(new Run(), Optional.of(Path.of("a.toml"))), parse("run", "--config", "a.toml"));
        assertEquals(new Arguments.Asked(new Run(), Optional.of(Path.of("a.toml"))), parse("--config=a.toml", "run"));
    }

    @Test
    void createUserKnowsItsOptions() {
        assertEquals(new CreateUser("alice", "a@example.org", Optional.empty(), false, false, Optional.empty()),
                asked("admin", "create-user", "alice", "--email", "a@example.org"));
        assertEquals(new CreateUser("alice", "a@example.org", Optional.of("pw"), true, true, Optional.of("b.example")),
                asked("admin", "create-user", "--admin", "--confirmed", "--password", "pw", "--domain", "b.example",
                        "--email", "a@example.org", "alice"));
    }

    @Test
    void tokenHasUsualScopes() {
        assertEquals(new IssueToken("alice", "read write follow push"), asked("admin", "token", "alice"));
        assertEquals(new IssueToken("alice", "read"), asked("admin", "token", "alice", "--scopes", "read"));
    }

    @Test
    void peopleAreLetInAndGetNewPasswords() {
        assertEquals(new Invocation.ApproveUser("alice", false), asked("admin", "approve", "alice"));
        assertEquals(new Invocation.ApproveUser("alice", true), asked("admin", "approve", "alice", "--confirmed"));
        assertEquals(new Invocation.SwitchOffTwoFactor("alice"), asked("admin", "two-factor-off", "alice"));
        assertEquals(new Invocation.MakeInvite(Optional.empty(), Optional.empty(), Optional.empty()), asked("admin", "invite"));
        assertEquals(new Invocation.MakeInvite(Optional.of(5), Optional.of(7), Optional.of("b.example")),
                asked("admin", "invite", "--max-uses", "5", "--days", "7", "--domain", "b.example"));
        assertEquals(new Invocation.SetPassword("alice", Optional.of("pw")), asked("admin", "password", "alice", "--password", "pw"));
    }

    @Test
    void mediaAreRejectedPrunedAndMoved() {
        assertEquals(new Invocation.RejectMedia("far.example", true), asked("admin", "media", "reject", "far.example"));
        assertEquals(new Invocation.RejectMedia("far.example", false), asked("admin", "media", "accept", "far.example"));
        assertEquals(new Invocation.ListRejectedMedia(), asked("admin", "media", "rejected"));
        assertEquals(new Invocation.PruneRemoteMedia(Optional.of(7), false), asked("admin", "media", "prune", "--remote", "--days", "7"));
        assertEquals(new Invocation.PruneRemoteMedia(Optional.empty(), true), asked("admin", "media", "prune", "--remote", "--dry-run"));
        assertEquals(new Invocation.CopyEmoji("wave@far.example", Optional.of("hello"), Optional.of("hands")),
            asked("admin", "emoji", "copy", "wave@far.example", "--as", "hello", "--category", "hands"));
        assertEquals(new Invocation.BeginStorageMigration(true), asked("admin", "media", "storage-migrate", "--keep"));
        assertEquals(new Invocation.AskStorageMigration("manifest"), asked("admin", "media", "manifest"));
    }

    @Test
    void relaysAreAddedListedAndRemoved() {
        assertEquals(new Invocation.AddRelay("https://relay.example/inbox"), asked("admin", "relay", "add", "https://relay.example/inbox"));
        assertEquals(new Invocation.ListRelays(), asked("admin", "relay", "list"));
        assertEquals(new Invocation.RemoveRelay("https://relay.example/inbox"), asked("admin", "relay", "remove", "https://relay.example/inbox"));
    }

    @Test
    void accountsAreSuspendedByName() {
        assertEquals(new Invocation.Suspend("mallory@far.example"), asked("admin", "suspend", "mallory@far.example"));
        assertEquals(new Invocation.Unsuspend("mallory"), asked("admin", "unsuspend", "mallory"));
        assertEquals(new Invocation.BlockServer("far.example", true, Optional.of("Spam"), Optional.empty(), true),
            asked("admin", "server", "block", "far.example", "--limit", "--reason", "Spam", "--obfuscate"));
        assertEquals(new Invocation.UnblockServer("far.example"), asked("admin", "server", "unblock", "far.example"));
        assertEquals(new Invocation.ListBlockedServers(), asked("admin", "server", "list"));
        assertEquals(new Invocation.Warn("mallory", "Be kind"), asked("admin", "warn", "mallory", "Be kind"));
    }

    @Test
    void announcementsAreMadeListedAndWithdrawn() {
        assertEquals(new Invocation.Announce("Hi there", Optional.empty(), Optional.of("2026-12-24"), true, Optional.empty()),
                asked("admin", "announce", "Hi there", "--ends", "2026-12-24", "--all-day"));
        assertEquals(new Invocation.ListAnnouncements(), asked("admin", "announcements"));
        assertEquals(new Invocation.WithdrawAnnouncement(5), asked("admin", "withdraw", "5"));
    }

    @Test
    void trendsAreListedAllowedAndForbidden() {
        assertEquals(new Invocation.ListTrends(), asked("admin", "trend", "list"));
        assertEquals(new Invocation.ReviewTrend("tag", "birds", true), asked("admin", "trend", "allow", "tag", "birds"));
        assertEquals(new Invocation.ReviewTrend("link", "https://a.example/", false), asked("admin", "trend", "forbid", "link", "https://a.example/"));
    }

    @Test
    void postReadsFileOrStandardInput() {
        assertEquals(new PublishPost(Optional.empty(), Optional.empty(), Optional.empty(), false, List.of(),
                Optional.empty(), Optional.empty(), Optional.empty()), asked("post"));
        assertEquals(new PublishPost(Optional.of("alice"), Optional.of("private"), Optional.of("soup"), true,
                        List.of(Path.of("a.png"), Path.of("b.png")), Optional.of(5L), Optional.of(6L),
                        Optional.of(Path.of("text.md"))),
                asked("post", "--as", "alice", "--visibility", "private", "--cw", "soup", "--markdown", "--media", "a.png",
                        "--media", "b.png", "--reply", "5", "--quote", "6", "text.md"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "admin create-user alice", "admin token", "admin create-user", "admin relay", "admin relay add", "admin trend", "admin trend allow tag", "admin suspend", "admin server", "admin server block", "admin warn mallory", "admin announce", "admin withdraw x", "fly", "run --fast",
            "post --reply soon"})
    void wrongWordsAreComplainedAboutWithExitCode2(String words) {
        assertEquals(new Arguments.Answered(2), parse(words.split(" ")));
        assertTrue(!err.toString().isBlank() && out.toString().isBlank(), err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "run --help", "admin -h", "admin create-user --help", "admin relay add --help", "post -h", "--version"})
    void helpAndVersionArePrintedAndEndWell(String words) {
        assertEquals(new Arguments.Answered(0), parse(words.split(" ")));
        assertTrue(out.toString().toLowerCase(java.util.Locale.ROOT).contains("dunlin"), out.toString());
    }

    private Invocation asked(String... words) {
        return ((Arguments.Asked) parse(words)).invocation();
    }

    private Arguments.Outcome parse(String... words) {
        return new Arguments("1").parse(words, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
