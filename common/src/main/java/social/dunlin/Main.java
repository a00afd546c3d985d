package social.dunlin;

import io.netty.channel.unix.Errors;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import social.dunlin.commandline.Arguments;
import social.dunlin.commandline.CommandApplication;
import social.dunlin.commandline.Invocation.Run;
import social.dunlin.commandline.Invocation;
import social.dunlin.config.DunlinConfigSource;
import social.dunlin.config.NodeSize;
import social.dunlin.config.RunMode;
import social.dunlin.config.SettingsLoader;
import social.dunlin.database.DatabaseProbe;

/**
 * The only entry point; every role and the all-in-one start here. Before Quarkus does, the command line and the
 * settings are checked and the database is there, so what the operator has to put right is one line.
 */
@QuarkusMain
public final class Main {
    /** Where the launcher lies; relative paths of the settings start there. */
    private static final String HOME_PROPERTY = "dunlin.home";

    private Main() {
    }

    public static void main(String[] words) {
        if (words.length > 0 && words[0].startsWith(InnerProgram.PREFIX)) {
            System.exit(inner(List.of(words)));
        }
        if (Boolean.getBoolean("quarkus.appcds.generate")) {
            // The build starts the application once to see which classes it loads; it has no database.
            Quarkus.run(words);
            return;
        }
        switch (new Arguments(version()).parse(words, new PrintWriter(System.out), new PrintWriter(System.err))) {
            case Arguments.Answered answered -> System.exit(answered.exitCode());
            case Arguments.Asked asked -> start(asked);
        }
    }

    private static int inner(List<String> words) {
        return ServiceLoader.load(InnerProgram.class).stream().map(ServiceLoader.Provider::get).filter(program -> program.word().equals(words.getFirst()))
            .findFirst().map(program -> program.run(words.subList(1, words.size()))).orElse(StartupException.FAILURE);
    }

    private static void start(Arguments.Asked asked) {
        OwnDatabase ownDatabase = new OwnDatabase();
        Map<String, String> settings = new HashMap<>();
        try {
            boolean serving = asked.invocation() instanceof Run;
            long machineMegabytes = NodeSize.machineMegabytes();
            settings.putAll(new SettingsLoader(home(), machineMegabytes).load(asked.settingsFile(), System.getenv()));
            NodeSize size = NodeSize.chosen(settings.get("memory.size"), machineMegabytes);
            Map<String, String> quarkus = new HashMap<>(QuarkusSettings.of(settings, serving));
            quarkus.put(RunMode.SERVING_PROPERTY, Boolean.toString(serving));
            if (settings.get("database.url").isEmpty()) {
                String uri = ownDatabase.open(Path.of(settings.get("data.dir")), size, serving);
                quarkus.put("quarkus.datasource.reactive.url", uri);
                // Nobody else can be on this database but commands, which listen for themselves.
                quarkus.put("dunlin.events.single-process", Boolean.toString(serving));
            } else {
                DatabaseProbe.check(settings.get("database.url"), present(settings.get("database.username")),
                        present(settings.get("database.password")));
            }
            DunlinConfigSource.provide(settings, quarkus);
        } catch (RuntimeException | Error problem) {
            ownDatabase.close();
            System.exit(explained(problem, settings));
        }
        CommandApplication.ask(asked.invocation());
        Quarkus.run(application(asked.invocation()), (exitCode, problem) -> {
            ownDatabase.close();
            System.exit(problem == null ? exitCode : explained(problem, settings));
        });
    }

    /** Prints what went wrong: one line when the operator can put it right; when the fault is ours, where it lies too. */
    private static int explained(Throwable problem, Map<String, String> settings) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case StartupException refused -> {
                    System.err.println("dunlin: " + refused.getMessage());
                    return refused.exitCode();
                }
                // Quarkus's own, and that of the native transport.
                case BindException taken -> {
                    return notListening(settings, taken);
                }
                case Errors.NativeIoException taken when taken.getMessage().startsWith("bind") -> {
                    return notListening(settings, taken);
                }
                default -> { }
            }
        }
        // Quarkus may have failed before its logging worked, so this does not rely on it.
        System.err.println("dunlin: Stopped by a fault: " + innermost(problem));
        problem.printStackTrace();
        return StartupException.FAILURE;
    }

    private static Throwable innermost(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static Class<? extends QuarkusApplication> application(Invocation invocation) {
        return switch (invocation) {
            case Run serving -> ServingApplication.class;
            case Invocation.CreateUser command -> CommandApplication.class;
            case Invocation.ApproveUser command -> CommandApplication.class;
            case Invocation.SetPassword command -> CommandApplication.class;
            case Invocation.SwitchOffTwoFactor command -> CommandApplication.class;
            case Invocation.MakeInvite command -> CommandApplication.class;
            case Invocation.IssueToken command -> CommandApplication.class;
            case Invocation.PublishPost command -> CommandApplication.class;
            case Invocation.AddRelay command -> CommandApplication.class;
            case Invocation.ListRelays command -> CommandApplication.class;
            case Invocation.RemoveRelay command -> CommandApplication.class;
            case Invocation.Announce command -> CommandApplication.class;
            case Invocation.ListAnnouncements command -> CommandApplication.class;
            case Invocation.WithdrawAnnouncement command -> CommandApplication.class;
            case Invocation.ListTrends command -> CommandApplication.class;
            case Invocation.ReviewTrend command -> CommandApplication.class;
            case Invocation.PruneMedia command -> CommandApplication.class;
            case Invocation.AddEmoji command -> CommandApplication.class;
            case Invocation.CopyEmoji command -> CommandApplication.class;
            case Invocation.ListEmojis command -> CommandApplication.class;
            case Invocation.RemoveEmoji command -> CommandApplication.class;
            case Invocation.PruneRemoteMedia command -> CommandApplication.class;
            case Invocation.RejectMedia command -> CommandApplication.class;
            case Invocation.ListRejectedMedia command -> CommandApplication.class;
            case Invocation.BeginStorageMigration command -> CommandApplication.class;
            case Invocation.AskStorageMigration command -> CommandApplication.class;
            case Invocation.Warn command -> CommandApplication.class;
            case Invocation.BlockServer command -> CommandApplication.class;
            case Invocation.UnblockServer command -> CommandApplication.class;
            case Invocation.ListBlockedServers command -> CommandApplication.class;
            case Invocation.Suspend command -> CommandApplication.class;
            case Invocation.Unsuspend command -> CommandApplication.class;
        };
    }

    private static int notListening(Map<String, String> settings, IOException cause) {
        System.err.println("dunlin: Cannot listen on %s:%s: %s".formatted(settings.get("http.host"),
                settings.get("http.port"), cause.getMessage().replaceFirst("^.*: ", "")));
        return StartupException.FAILURE;
    }

    /** The launcher says where it lies; a native executable is its own launcher. */
    private static Path home() {
        String said = System.getProperty(HOME_PROPERTY);
        return (said != null ? Path.of(said) : NativeExecutable.folder().orElse(Path.of(""))).toAbsolutePath();
    }

    private static Optional<String> present(String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion()).orElse("0.1.0");
    }
}
