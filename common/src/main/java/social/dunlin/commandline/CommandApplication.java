package social.dunlin.commandline;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.StartupException;
import social.dunlin.commandline.Invocation.AddEmoji;
import social.dunlin.commandline.Invocation.CopyEmoji;
import social.dunlin.commandline.Invocation.AddRelay;
import social.dunlin.commandline.Invocation.Announce;
import social.dunlin.commandline.Invocation.ApproveUser;
import social.dunlin.commandline.Invocation.AskStorageMigration;
import social.dunlin.commandline.Invocation.BeginStorageMigration;
import social.dunlin.commandline.Invocation.BlockServer;
import social.dunlin.commandline.Invocation.CreateUser;
import social.dunlin.commandline.Invocation.IssueToken;
import social.dunlin.commandline.Invocation.ListAnnouncements;
import social.dunlin.commandline.Invocation.ListBlockedServers;
import social.dunlin.commandline.Invocation.ListEmojis;
import social.dunlin.commandline.Invocation.ListRejectedMedia;
import social.dunlin.commandline.Invocation.ListRelays;
import social.dunlin.commandline.Invocation.ListTrends;
import social.dunlin.commandline.Invocation.PruneMedia;
import social.dunlin.commandline.Invocation.PruneRemoteMedia;
import social.dunlin.commandline.Invocation.MakeInvite;
import social.dunlin.commandline.Invocation.PublishPost;
import social.dunlin.commandline.Invocation.RejectMedia;
import social.dunlin.commandline.Invocation.RemoveEmoji;
import social.dunlin.commandline.Invocation.RemoveRelay;
import social.dunlin.commandline.Invocation.ReviewTrend;
import social.dunlin.commandline.Invocation.Run;
import social.dunlin.commandline.Invocation.WithdrawAnnouncement;
import social.dunlin.commandline.Invocation.SetPassword;
import social.dunlin.commandline.Invocation.Suspend;
import social.dunlin.commandline.Invocation.SwitchOffTwoFactor;
import social.dunlin.commandline.Invocation.UnblockServer;
import social.dunlin.commandline.Invocation.Unsuspend;
import social.dunlin.commandline.Invocation.Warn;
import social.dunlin.refusal.Refusal;

/** Carries out one command with the services of the application and ends. */
@ApplicationScoped
@Unremovable
public class CommandApplication implements QuarkusApplication {
    private static volatile Invocation asked = new Run();

    private final CreateUserCommand createUser;
    private final LoginCommand logins;
    private final IssueTokenCommand issueToken;
    private final PublishPostCommand publishPost;
    private final RelayCommand relays;
    private final AnnounceCommand announcements;
    private final TrendCommand trends;
    private final SuspensionCommand suspensions;
    private final MediaCommand media;
    private final RemoteMediaCommand remoteMedia;
    private final StorageCommand storage;
    private final InviteCommand invites;
    private final WarnCommand warnings;
    private final ServerCommand servers;

    CommandApplication(CreateUserCommand createUser, LoginCommand logins, IssueTokenCommand issueToken, PublishPostCommand publishPost,
                       RelayCommand relays, AnnounceCommand announcements, TrendCommand trends, SuspensionCommand suspensions,
                       MediaCommand media, RemoteMediaCommand remoteMedia, StorageCommand storage, InviteCommand invites, WarnCommand warnings,
                       ServerCommand servers) {
        this.createUser = createUser;
        this.logins = logins;
        this.issueToken = issueToken;
        this.publishPost = publishPost;
        this.relays = relays;
        this.announcements = announcements;
        this.trends = trends;
        this.suspensions = suspensions;
        this.media = media;
        this.remoteMedia = remoteMedia;
        this.storage = storage;
        this.invites = invites;
        this.warnings = warnings;
        this.servers = servers;
    }

    /** Quarkus makes the application itself, so what to do is left here for it. */
    public static void ask(Invocation invocation) {
        asked = invocation;
    }

    @Override
    public int run(String... words) {
        try {
            switch (asked) {
                case CreateUser wanted -> createUser.carryOut(wanted, System.out);
                case ApproveUser wanted -> logins.approve(wanted, System.out);
                case SetPassword wanted -> logins.setPassword(wanted, System.out);
                case SwitchOffTwoFactor wanted -> logins.switchOffTwoFactor(wanted, System.out);
                case MakeInvite wanted -> invites.carryOut(wanted, System.out);
                case IssueToken wanted -> issueToken.carryOut(wanted, System.out);
                case PublishPost wanted -> publishPost.carryOut(wanted, System.out);
                case AddRelay wanted -> relays.add(wanted, System.out);
                case ListRelays wanted -> relays.list(System.out);
                case RemoveRelay wanted -> relays.remove(wanted, System.out);
                case Announce wanted -> announcements.announce(wanted, System.out);
                case ListAnnouncements wanted -> announcements.list(System.out);
                case WithdrawAnnouncement wanted -> announcements.withdraw(wanted, System.out);
                case ListTrends wanted -> trends.list(System.out);
                case ReviewTrend wanted -> trends.review(wanted, System.out);
                case PruneRemoteMedia wanted -> remoteMedia.prune(wanted, System.out);
                case RejectMedia wanted -> remoteMedia.reject(wanted, System.out);
                case ListRejectedMedia wanted -> remoteMedia.list(System.out);
                case BeginStorageMigration wanted -> storage.begin(wanted, System.out);
                case AskStorageMigration wanted -> storage.ask(wanted, System.out);
                case Warn wanted -> warnings.carryOut(wanted, System.out);
                case BlockServer wanted -> servers.block(wanted, System.out);
                case UnblockServer wanted -> servers.unblock(wanted, System.out);
                case ListBlockedServers wanted -> servers.list(System.out);
                case Suspend wanted -> suspensions.suspend(wanted, System.out);
                case Unsuspend wanted -> suspensions.unsuspend(wanted, System.out);
                case PruneMedia wanted -> media.prune(wanted, System.out);
                case AddEmoji wanted -> media.addEmoji(wanted, System.out);
                case CopyEmoji wanted -> media.copyEmoji(wanted, System.out);
                case ListEmojis wanted -> media.listEmojis(System.out);
                case RemoveEmoji wanted -> media.removeEmoji(wanted, System.out);
                case Run serving -> throw new IllegalStateException("serving is no command");
            }
            return 0;
        } catch (StartupException refused) {
            System.err.println("dunlin: " + refused.getMessage());
            return refused.exitCode();
        } catch (Refusal refused) {
            System.err.println("dunlin: " + refused.getMessage());
            return StartupException.FAILURE;
        }
    }
}
