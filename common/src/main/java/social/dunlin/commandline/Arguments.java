package social.dunlin.commandline;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine;
import social.dunlin.commandline.Invocation.AddEmoji;
import social.dunlin.commandline.Invocation.AddRelay;
import social.dunlin.commandline.Invocation.Announce;
import social.dunlin.commandline.Invocation.ApproveUser;
import social.dunlin.commandline.Invocation.AskStorageMigration;
import social.dunlin.commandline.Invocation.BeginStorageMigration;
import social.dunlin.commandline.Invocation.CopyEmoji;
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

/** The command line's grammar. Built by hand rather than from annotations, so a native executable needs no reflection. */
public final class Arguments {
    private static final int USAGE = 2;

    /** What became of the words. */
    public sealed interface Outcome {
    }

    /** @param settingsFile named with {@code --config} */
    public record Asked(Invocation invocation, Optional<Path> settingsFile) implements Outcome {
    }

    /** Help, version or a complaint has been printed; there is nothing left to do. */
    public record Answered(int exitCode) implements Outcome {
    }

    private final CommandLine dunlin;

    public Arguments(String version) {
        CommandSpec root = command("dunlin", "A server of the fediverse.")
                .version("Dunlin " + version)
                .addOption(flag("shows the version", "-V", "--version").toBuilder().versionHelp(true).build());
        root.addSubcommand("run", command("run", "Serves until it is stopped (the default)."));
        CommandSpec admin = command("admin", "Looks after people, other servers, invitations, tokens, relays, announcements, trends, media and emoji.");
        admin.addSubcommand("create-user", createUser());
        admin.addSubcommand("approve", command("approve", "Lets somebody in who signed up.")
                .addPositional(parameter("NAME", String.class, "whose account it is", true))
                .addOption(flag("the e-mail address needs no confirmation", "--confirmed")));
        admin.addSubcommand("password", command("password", "Sets a new password and logs the person out everywhere. Prints it when it makes one.")
                .addPositional(parameter("NAME", String.class, "whose login it is", true))
                .addOption(value("PASSWORD", String.class, "to log in with; made when absent", "--password")));
        admin.addSubcommand("two-factor-off", command("two-factor-off", "Lets somebody log in with the password alone who lost app and recovery codes.")
                .addPositional(parameter("NAME", String.class, "whose login it is", true)));
        admin.addSubcommand("invite", command("invite", "Prints a link by which people can sign up.")
                .addOption(value("NUMBER", Integer.class, "how many people may use it; any number when absent", "--max-uses"))
                .addOption(value("DAYS", Integer.class, "how long it is good; for ever when absent", "--days"))
                .addOption(value("DOMAIN", String.class, "one of the served domains", "--domain")));
        admin.addSubcommand("token", token());
        admin.addSubcommand("relay", relay());
        admin.addSubcommand("announce", announce());
        admin.addSubcommand("announcements", command("announcements", "Shows the announcements."));
        admin.addSubcommand("withdraw", command("withdraw", "Takes an announcement back.")
                .addPositional(parameter("ID", Long.class, "as the list shows it", true)));
        admin.addSubcommand("trend", trend());
        admin.addSubcommand("media", media());
        admin.addSubcommand("emoji", emoji());
        admin.addSubcommand("server", server());
        admin.addSubcommand("suspend", command("suspend", "Shuts an account out, here or elsewhere; other servers are told.")
                .addPositional(parameter("NAME", String.class, "somebody here, or NAME@HOST", true)));
        admin.addSubcommand("unsuspend", command("unsuspend", "Lets a suspended account in again.")
                .addPositional(parameter("NAME", String.class, "somebody here, or NAME@HOST", true)));
        admin.addSubcommand("warn", command("warn", "Tells somebody here something, as a notification from the moderators.")
                .addPositional(parameter("NAME", String.class, "whose account it is", true))
                .addPositional(PositionalParamSpec.builder().index("1").type(String.class).paramLabel("TEXT").arity("1").required(true)
                        .description("plain text").build()));
        root.addSubcommand("admin", admin);
        root.addSubcommand("post", post());
        dunlin = new CommandLine(root);
    }

    public Outcome parse(String[] words, PrintWriter out, PrintWriter err) {
        try {
            ParseResult all = dunlin.parseArgs(words);
            ParseResult command = all;
            Optional<Path> settingsFile = Optional.empty();
            while (true) {
                if (command.isUsageHelpRequested()) {
                    command.commandSpec().commandLine().usage(out, Ansi.OFF);
                    return new Answered(0);
                }
                if (command.isVersionHelpRequested()) {
                    dunlin.printVersionHelp(out, Ansi.OFF);
                    return new Answered(0);
                }
                settingsFile = Optional.ofNullable(command.matchedOptionValue("--config", settingsFile.orElse(null)));
                if (!command.hasSubcommand()) {
                    break;
                }
                command = command.subcommand();
            }
            return asked(command, settingsFile, err);
        } catch (ParameterException wrong) {
            err.println("dunlin: " + wrong.getMessage());
            err.println("'%s --help' explains it.".formatted(wrong.getCommandLine().getCommandSpec().qualifiedName()));
            err.flush();
            return new Answered(USAGE);
        } finally {
            out.flush();
        }
    }

    private static Outcome asked(ParseResult command, Optional<Path> settingsFile, PrintWriter err) {
        return switch (words(command.commandSpec())) {
            case "dunlin", "run" -> new Asked(new Run(), settingsFile);
            case "create-user" -> new Asked(new CreateUser(command.matchedPositionalValue(0, ""),
                    command.matchedOptionValue("--email", ""), optional(command, "--password", String.class),
                    command.hasMatchedOption("--admin"), command.hasMatchedOption("--confirmed"),
                    optional(command, "--domain", String.class)), settingsFile);
            case "approve" -> new Asked(new ApproveUser(command.matchedPositionalValue(0, ""), command.hasMatchedOption("--confirmed")), settingsFile);
            case "password" -> new Asked(new SetPassword(command.matchedPositionalValue(0, ""), optional(command, "--password", String.class)), settingsFile);
            case "two-factor-off" -> new Asked(new SwitchOffTwoFactor(command.matchedPositionalValue(0, "")), settingsFile);
            case "invite" -> new Asked(new MakeInvite(optional(command, "--max-uses", Integer.class), optional(command, "--days", Integer.class),
                    optional(command, "--domain", String.class)), settingsFile);
            case "relay add" -> new Asked(new AddRelay(command.matchedPositionalValue(0, "")), settingsFile);
            case "relay list" -> new Asked(new ListRelays(), settingsFile);
            case "relay remove" -> new Asked(new RemoveRelay(command.matchedPositionalValue(0, "")), settingsFile);
            case "announce" -> new Asked(new Announce(command.matchedPositionalValue(0, ""), optional(command, "--starts", String.class),
                    optional(command, "--ends", String.class), command.hasMatchedOption("--all-day"), optional(command, "--domain", String.class)), settingsFile);
            case "announcements" -> new Asked(new ListAnnouncements(), settingsFile);
            case "withdraw" -> new Asked(new WithdrawAnnouncement(command.matchedPositionalValue(0, 0L)), settingsFile);
            case "trend list" -> new Asked(new ListTrends(), settingsFile);
            case "trend allow", "trend forbid" -> new Asked(new ReviewTrend(command.matchedPositionalValue(0, ""), command.matchedPositionalValue(1, ""),
                    command.commandSpec().name().equals("allow")), settingsFile);
            case "media prune" -> new Asked(command.hasMatchedOption("--remote") ? new PruneRemoteMedia(optional(command, "--days", Integer.class),
                    command.hasMatchedOption("--dry-run"))
                    : new PruneMedia(PruneMedia.What.UPLOADS, command.hasMatchedOption("--dry-run")), settingsFile);
            case "media prune-orphans" -> new Asked(new PruneMedia(PruneMedia.What.ORPHANS, command.hasMatchedOption("--dry-run")), settingsFile);
            case "media prune-files" -> new Asked(new PruneMedia(PruneMedia.What.FILES, command.hasMatchedOption("--dry-run")), settingsFile);
            case "emoji add" -> new Asked(new AddEmoji(command.matchedPositionalValue(0, ""), command.matchedPositionalValue(1, (Path) null),
                    optional(command, "--category", String.class)), settingsFile);
            case "emoji copy" -> new Asked(new CopyEmoji(command.matchedPositionalValue(0, ""), optional(command, "--as", String.class),
                    optional(command, "--category", String.class)), settingsFile);
            case "emoji list" -> new Asked(new ListEmojis(), settingsFile);
            case "emoji remove" -> new Asked(new RemoveEmoji(command.matchedPositionalValue(0, "")), settingsFile);
            case "media reject", "media accept" -> new Asked(new RejectMedia(command.matchedPositionalValue(0, ""),
                    command.commandSpec().name().equals("reject")), settingsFile);
            case "media rejected" -> new Asked(new ListRejectedMedia(), settingsFile);
            case "media storage-migrate" -> new Asked(new BeginStorageMigration(command.hasMatchedOption("--keep")), settingsFile);
            case "media status", "media cancel", "media resume", "media manifest" ->
                new Asked(new AskStorageMigration(command.commandSpec().name()), settingsFile);
            case "server block" -> new Asked(new BlockServer(command.matchedPositionalValue(0, ""), command.hasMatchedOption("--limit"),
                    optional(command, "--reason", String.class), optional(command, "--note", String.class), command.hasMatchedOption("--obfuscate")), settingsFile);
            case "server unblock" -> new Asked(new UnblockServer(command.matchedPositionalValue(0, "")), settingsFile);
            case "server list" -> new Asked(new ListBlockedServers(), settingsFile);
            case "warn" -> new Asked(new Warn(command.matchedPositionalValue(0, ""), command.matchedPositionalValue(1, "")), settingsFile);
            case "suspend" -> new Asked(new Suspend(command.matchedPositionalValue(0, "")), settingsFile);
            case "unsuspend" -> new Asked(new Unsuspend(command.matchedPositionalValue(0, "")), settingsFile);
            case "token" -> new Asked(new IssueToken(command.matchedPositionalValue(0, ""),
                    command.matchedOptionValue("--scopes", IssueTokenCommand.USUAL_SCOPES)), settingsFile);
            case "post" -> new Asked(new PublishPost(optional(command, "--as", String.class),
                    optional(command, "--visibility", String.class), optional(command, "--cw", String.class),
                    command.hasMatchedOption("--markdown"), command.matchedOptionValue("--media", List.of()),
                    optional(command, "--reply", Long.class), optional(command, "--quote", Long.class),
                    Optional.ofNullable(command.matchedPositionalValue(0, (Path) null))), settingsFile);
            case String incomplete -> {
                command.commandSpec().commandLine().usage(err, Ansi.OFF);
                err.flush();
                yield new Answered(USAGE);
            }
        };
    }

    /** The command's name; below {@code relay} and the like with that before it, for such names alone mean anything. */
    private static String words(CommandSpec command) {
        boolean ofThings = command.parent() != null && Set.of("relay", "trend", "media", "emoji", "server").contains(command.parent().name());
        return ofThings ? command.parent().name() + " " + command.name() : command.name();
    }

    private static CommandSpec createUser() {
        return command("create-user", "Makes a login with an account. Prints the password when it makes one.")
                .addPositional(parameter("NAME", String.class, "what stands before the domain in the handle", true))
                .addOption(value("E-MAIL", String.class, "to log in with", "--email").toBuilder().required(true).build())
                .addOption(value("PASSWORD", String.class, "to log in with; made when absent", "--password"))
                .addOption(flag("may administer this server", "--admin"))
                .addOption(flag("the e-mail address needs no confirmation", "--confirmed"))
                .addOption(value("DOMAIN", String.class, "one of the served domains", "--domain"));
    }

    private static CommandSpec token() {
        return command("token", "Prints an access token for scripts.")
                .addPositional(parameter("NAME", String.class, "whose token it is", true))
                .addOption(value("SCOPES", String.class, "what it allows (%s)".formatted(IssueTokenCommand.USUAL_SCOPES),
                        "--scopes"));
    }

    private static CommandSpec relay() {
        CommandSpec relay = command("relay", "Joins and leaves relays, which pass public posts on.");
        relay.addSubcommand("add", command("add", "Joins a relay; the server asks it.")
                .addPositional(parameter("URL", String.class, "its inbox (https://HOST/inbox) or its actor (https://HOST/actor)", true)));
        relay.addSubcommand("list", command("list", "Shows the relays and how it stands with each."));
        relay.addSubcommand("remove", command("remove", "Leaves a relay.")
                .addPositional(parameter("URL", String.class, "as the list shows it", true)));
        return relay;
    }

    private static CommandSpec announce() {
        return command("announce", "Tells the people of this server something. Prints its id.")
                .addPositional(parameter("TEXT", String.class, "Markdown", true))
                .addOption(value("TIME", String.class, "when what it is about begins: a day or a time", "--starts"))
                .addOption(value("TIME", String.class, "when that ends, and the announcement with it", "--ends"))
                .addOption(flag("these are days", "--all-day"))
                .addOption(value("DOMAIN", String.class, "only for this served domain", "--domain"));
    }

    private static CommandSpec trend() {
        CommandSpec trend = command("trend", "Shows what is talked about and says whether it may be shown.");
        trend.addSubcommand("list", command("list", "Shows what trends."));
        for (String word : List.of("allow", "forbid")) {
            trend.addSubcommand(word, command(word, word.equals("allow") ? "Lets something trend." : "Keeps something out of the trends.")
                    .addPositional(parameter("KIND", String.class, "tag, status or link", true))
                    .addPositional(PositionalParamSpec.builder().index("1").type(String.class).paramLabel("NAME").arity("1").required(true)
                            .description("a hashtag, the id of a post or the address of a page").build()));
        }
        return trend;
    }

    private static CommandSpec media() {
        CommandSpec media = command("media", "Looks after pictures and films.");
        media.addSubcommand("prune", prune("prune", "Deletes uploads that nobody posted for a day.")
                .addOption(flag("instead lets copies of other servers' media go that nobody looked at, and what is over the limit", "--remote"))
                .addOption(value("DAYS", Integer.class, "with --remote: not looked at for so long; remote-media.cache-days when absent", "--days")));
        media.addSubcommand("prune-orphans", prune("prune-orphans", "Deletes files that no record names."));
        media.addSubcommand("prune-files", prune("prune-files", "Forgets attachments whose file is gone."));
        for (String word : List.of("reject", "accept")) {
            media.addSubcommand(word, command(word, word.equals("reject") ? "Shows nobody the media of a server any more." : "Shows the media of a server again.")
                    .addPositional(parameter("HOST", String.class, "its name; what is below it is meant too", true)));
        }
        media.addSubcommand("rejected", command("rejected", "Shows whose media are shown to nobody."));
        media.addSubcommand("storage-migrate", command("storage-migrate", "Moves all files to the store that media.store names, from the other one.")
                .addOption(flag("leaves what was moved where it was, too", "--keep")));
        media.addSubcommand("status", command("status", "Shows how far moving has come."));
        media.addSubcommand("cancel", command("cancel", "Stops moving. What was moved stays moved; both stores are read."));
        media.addSubcommand("resume", command("resume", "Goes on moving."));
        media.addSubcommand("manifest", command("manifest", "Prints every file of the store to move from, a line of JSON each, for rclone and the like."));
        return media;
    }

    private static CommandSpec prune(String name, String description) {
        return command(name, description).addOption(flag("only counts", "--dry-run"));
    }

    private static CommandSpec server() {
        CommandSpec server = command("server", "Limits and blocks other servers, with all below them.");
        server.addSubcommand("block", command("block", "Ends what is between this server and another: all follows, and whatever comes later.")
                .addPositional(parameter("HOST", String.class, "its name; what is below it is meant too", true))
                .addOption(flag("only limits its people: they are not shown to who does not follow them, and ask before they follow", "--limit"))
                .addOption(value("TEXT", String.class, "why, for readers of the list (instance.domain-blocks)", "--reason"))
                .addOption(value("TEXT", String.class, "why, for whoever runs this server", "--note"))
                .addOption(flag("readers of the list do not get the whole name", "--obfuscate")));
        server.addSubcommand("unblock", command("unblock", "Lets a server in again. Ended follows stay ended.")
                .addPositional(parameter("HOST", String.class, "as the list shows it", true)));
        server.addSubcommand("list", command("list", "Shows which servers are limited and blocked."));
        return server;
    }

    private static CommandSpec emoji() {
        CommandSpec emoji = command("emoji", "Looks after the emoji of this server.");
        emoji.addSubcommand("add", command("add", "Adds an emoji, or gives it another picture.")
                .addPositional(parameter("CODE", String.class, "what stands between the colons", true))
                .addPositional(PositionalParamSpec.builder().index("1").type(Path.class).paramLabel("FILE").arity("1").required(true)
                        .description("PNG, GIF or WebP, up to 256 kB").build())
                .addOption(value("NAME", String.class, "heading in the picker", "--category")));
        emoji.addSubcommand("copy", command("copy", "Adds an emoji that somebody elsewhere has shown here.")
                .addPositional(parameter("CODE@HOST", String.class, "its code there and its server", true))
                .addOption(value("CODE", String.class, "its code here, when that is to be another", "--as"))
                .addOption(value("NAME", String.class, "heading in the picker", "--category")));
        emoji.addSubcommand("list", command("list", "Shows the emoji."));
        emoji.addSubcommand("remove", command("remove", "Removes an emoji.")
                .addPositional(parameter("CODE", String.class, "what stands between the colons", true)));
        return emoji;
    }

    private static CommandSpec post() {
        return command("post", "Publishes what stands in a file or comes from standard input.")
                .addPositional(parameter("FILE", Path.class, "the text; standard input when absent", false))
                .addOption(value("NAME", String.class, "whose post it is", "--as"))
                .addOption(value("VISIBILITY", String.class, "public, unlisted, private or direct", "--visibility"))
                .addOption(value("TEXT", String.class, "content warning", "--cw"))
                .addOption(flag("the text is Markdown", "--markdown"))
                .addOption(OptionSpec.builder("--media").paramLabel("FILE").arity("1").type(List.class)
                        .auxiliaryTypes(Path.class).description("file to attach; may be given again").build())
                .addOption(value("ID", Long.class, "the post it answers", "--reply"))
                .addOption(value("ID", Long.class, "the post it quotes", "--quote"));
    }

    private static CommandSpec command(String name, String description) {
        CommandSpec command = CommandSpec.create().name(name);
        command.usageMessage().description(description);
        return command
                .addOption(flag("shows this", "-h", "--help").toBuilder().usageHelp(true).build())
                .addOption(value("FILE", Path.class, "settings, instead of dunlin.toml", "--config"));
    }

    private static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names).arity("0").type(boolean.class).description(description).build();
    }

    private static OptionSpec value(String label, Class<?> type, String description, String name) {
        return OptionSpec.builder(name).arity("1").type(type).paramLabel(label).description(description).build();
    }

    private static PositionalParamSpec parameter(String label, Class<?> type, String description, boolean required) {
        return PositionalParamSpec.builder().index("0").type(type).paramLabel(label).description(description)
                .required(required).arity(required ? "1" : "0..1").build();
    }

    private static <T> Optional<T> optional(ParseResult command, String option, Class<T> type) {
        return Optional.ofNullable(type.cast(command.matchedOptionValue(option, null)));
    }
}
