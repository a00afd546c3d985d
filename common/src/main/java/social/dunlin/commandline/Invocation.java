package social.dunlin.commandline;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What was asked for on the command line, checked for form. */
public sealed interface Invocation {

    /** Serve until told to stop. */
    record Run() implements Invocation {
    }

    /**
     * @param password one is made when it is absent
     * @param domain   one of the served domains; the default one when absent
     */
    record CreateUser(String name, String email, Optional<String> password, boolean admin, boolean confirmed,
                      Optional<String> domain) implements Invocation {
    }

    /** Lets somebody in who signed up: approves, and takes the e-mail address for confirmed when {@code confirmed}. */
    record ApproveUser(String name, boolean confirmed) implements Invocation {
    }

    /** @param password one is made when it is absent */
    record SetPassword(String name, Optional<String> password) implements Invocation {
    }

    /** Lets somebody log in with the password alone who lost what the second step needs. */
    record SwitchOffTwoFactor(String name) implements Invocation {
    }

    /**
     * @param maxUses any number when absent
     * @param days    for ever when absent
     * @param domain  one of the served domains; the default one when absent
     */
    record MakeInvite(Optional<Integer> maxUses, Optional<Integer> days, Optional<String> domain) implements Invocation {
    }

    /** @param scopes as OAuth writes them, separated by spaces */
    record IssueToken(String name, String scopes) implements Invocation {
    }

    /**
     * @param author     whose post it is; the first account when absent
     * @param visibility the API's word; the author's own choice when absent
     * @param replyTo    id of a post
     * @param quoted     id of a post
     * @param file       text of the post; standard input when absent
     */
    record PublishPost(Optional<String> author, Optional<String> visibility, Optional<String> contentWarning,
                       boolean markdown, List<Path> media, Optional<Long> replyTo, Optional<Long> quoted,
                       Optional<Path> file) implements Invocation {
    }

    record Warn(String name, String text) implements Invocation {
    }

    /** @param name of somebody here, or {@code name@host} */
    record Suspend(String name) implements Invocation {
    }

    record Unsuspend(String name) implements Invocation {
    }

    /**
     * @param limited    its people are limited; otherwise nothing comes from it and nothing goes there
     * @param reason     for readers of the list
     * @param note       for the operators
     * @param obfuscated readers do not get its whole name
     */
    record BlockServer(String host, boolean limited, Optional<String> reason, Optional<String> note, boolean obfuscated) implements Invocation {
    }

    record UnblockServer(String host) implements Invocation {
    }

    record ListBlockedServers() implements Invocation {
    }

    /** Joins a relay, named by its inbox or its actor. */
    record AddRelay(String url) implements Invocation {
    }

    record ListRelays() implements Invocation {
    }

    record RemoveRelay(String url) implements Invocation {
    }

    /**
     * @param text   Markdown
     * @param starts a day or a time, as {@code ends}
     * @param domain one of the served domains; all of them when absent
     */
    record Announce(String text, Optional<String> starts, Optional<String> ends, boolean allDay, Optional<String> domain) implements Invocation {
    }

    record ListAnnouncements() implements Invocation {
    }

    record WithdrawAnnouncement(long id) implements Invocation {
    }

    record ListTrends() implements Invocation {
    }

    /** @param kind tag, status or link; @param name a hashtag, an id or an address */
    record ReviewTrend(String kind, String name, boolean allowed) implements Invocation {
    }

    /** @param dryRun only counts */
    record PruneMedia(What what, boolean dryRun) implements Invocation {
        /** Uploads nobody posted, files without a record, records without a file. */
        public enum What {
            UPLOADS, ORPHANS, FILES
        }
    }

    record AddEmoji(String shortcode, Path file, Optional<String> category) implements Invocation {
    }

    /** @param name of another server's, {@code CODE@HOST}; @param as the code it gets here, when that is another one */
    record CopyEmoji(String name, Optional<String> as, Optional<String> category) implements Invocation {
    }

    record ListEmojis() implements Invocation {
    }

    record RemoveEmoji(String shortcode) implements Invocation {
    }

    /** Lets copies of other servers' media go that nobody looked at for so many days, and whatever else has to. */
    record PruneRemoteMedia(Optional<Integer> days, boolean dryRun) implements Invocation {
    }

    /** @param host whose media nobody here is shown any more, or is again */
    record RejectMedia(String host, boolean rejected) implements Invocation {
    }

    record ListRejectedMedia() implements Invocation {
    }

    /** @param keepsSource whether what was moved stays where it was, too */
    record BeginStorageMigration(boolean keepsSource) implements Invocation {
    }

    /** @param action status, cancel, resume or manifest */
    record AskStorageMigration(String action) implements Invocation {
    }
}
