package social.dunlin.commandline;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import social.dunlin.StartupException;
import social.dunlin.account.Account;
import social.dunlin.account.LocalPeople;
import social.dunlin.commandline.Invocation.PublishPost;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.NewStatus;
import social.dunlin.status.StatusService;
import social.dunlin.status.Visibility;
import social.dunlin.text.TextFormat;

/** {@code dunlin post}: publishes a text and prints where it stands. */
@ApplicationScoped
class PublishPostCommand {
    private final LocalPeople people;
    private final StatusService statuses;
    private final MediaCommand media;

    PublishPostCommand(LocalPeople people, StatusService statuses, MediaCommand media) {
        this.people = people;
        this.statuses = statuses;
        this.media = media;
    }

    void carryOut(PublishPost wanted, PrintStream out) {
        Account author = wanted.author().map(people::named).orElseGet(people::oldest);
        Visibility visibility = wanted.visibility().map(PublishPostCommand::visibility).orElse(null);
        NewStatus status = new NewStatus(text(wanted.file()), wanted.contentWarning().orElse(null),
            wanted.markdown() ? TextFormat.MARKDOWN.mediaType() : null, visibility, null, null,
            wanted.replyTo().orElse(null), wanted.quoted().orElse(null), null, media.attachments(author, wanted.media()), null, null, null, null);
        out.println(statuses.publish(author, status).url());
    }

    private static Visibility visibility(String name) {
        return Visibility.ofApiName(name).orElseThrow(() ->
            Refusal.invalid("Visibility %s is none of public, unlisted, private, direct, local, local-unlisted".formatted(name)));
    }

    private static String text(Optional<Path> file) {
        try {
            return file.isPresent() ? Files.readString(file.get()) : new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new StartupException("Cannot read %s: %s".formatted(file.map(Path::toString).orElse("standard input"), problem.getMessage()));
        }
    }
}
