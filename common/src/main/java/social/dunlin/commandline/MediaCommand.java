package social.dunlin.commandline;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import social.dunlin.StartupException;
import social.dunlin.account.Account;
import social.dunlin.commandline.Invocation.AddEmoji;
import social.dunlin.commandline.Invocation.CopyEmoji;
import social.dunlin.commandline.Invocation.PruneMedia;
import social.dunlin.commandline.Invocation.RemoveEmoji;
import social.dunlin.emoji.CustomEmoji;
import social.dunlin.emoji.CustomEmojiStore;
import social.dunlin.id.Host;
import social.dunlin.media.EmojiCopies;
import social.dunlin.media.MediaAttachment;
import social.dunlin.media.MediaUpkeep;
import social.dunlin.media.MediaUploads;
import social.dunlin.refusal.Refusal;

/** {@code dunlin admin media} and {@code dunlin admin emoji}, and the files of {@code dunlin post}. */
@ApplicationScoped
class MediaCommand {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final MediaUploads uploads;
    private final MediaUpkeep upkeep;
    private final CustomEmojiStore emojis;
    private final EmojiCopies copies;

    MediaCommand(MediaUploads uploads, MediaUpkeep upkeep, CustomEmojiStore emojis, EmojiCopies copies) {
        this.uploads = uploads;
        this.upkeep = upkeep;
        this.emojis = emojis;
        this.copies = copies;
    }

    void prune(PruneMedia wanted, PrintStream out) {
        try {
            MediaUpkeep.Outcome outcome = switch (wanted.what()) {
                case UPLOADS -> upkeep.prune(wanted.dryRun());
                case ORPHANS -> upkeep.pruneOrphans(wanted.dryRun());
                case FILES -> upkeep.pruneFiles(wanted.dryRun());
            };
            out.printf("%d %s%s%s%n", outcome.number(), switch (wanted.what()) {
                case UPLOADS -> "uploads that nobody posted";
                case ORPHANS -> "files without a record";
                case FILES -> "records without a file";
            }, outcome.bytes() > 0 ? ", %d kB".formatted(outcome.bytes() >> 10) : "", wanted.dryRun() ? "; nothing was deleted" : "");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void addEmoji(AddEmoji wanted, PrintStream out) {
        await(uploads.emoji(wanted.shortcode(), wanted.category().orElse(null), sent(wanted.file())), wanted.shortcode(), out);
    }

    void copyEmoji(CopyEmoji wanted, PrintStream out) {
        String[] parts = wanted.name().replaceFirst("^:([^:@]*):", "$1").split("@", 2);
        Host host = Host.tryParse(parts.length < 2 ? "" : parts[1]).orElseThrow(() -> Refusal.unprocessable("'%s' is no CODE@HOST.".formatted(wanted.name())));
        String shortcode = wanted.as().orElse(parts[0]);
        await(copies.copy(new CustomEmoji.Key(host.value(), parts[0]), shortcode, wanted.category().orElse(null)), shortcode, out);
    }

    private void await(long upload, String shortcode, PrintStream out) {
        if (!uploads.await(upload, PATIENCE)) {
            throw new StartupException("The picture waits to be processed: is a media worker running?");
        }
        out.printf(":%s: is there.%n", shortcode);
    }

    void removeEmoji(RemoveEmoji wanted, PrintStream out) {
        if (!emojis.removeOurs(wanted.shortcode())) {
            throw Refusal.notFound();
        }
        out.printf(":%s: is gone.%n", wanted.shortcode());
    }

    void listEmojis(PrintStream out) {
        emojis.ours().forEach(emoji -> out.printf(":%s:\t%s\t%s%n", emoji.shortcode(), Optional.ofNullable(emoji.category()).orElse(""), emoji.url()));
    }

    /** The files as attachments that are ready to be posted, in their order. */
    List<Long> attachments(Account author, List<Path> files) {
        List<MediaAttachment> waiting = files.stream().map(file -> uploads.attachment(author, sent(file), MediaUploads.Wish.NOTHING)).toList();
        return waiting.stream().map(attachment -> {
            MediaAttachment done = uploads.await(attachment, PATIENCE);
            if (!done.isReady()) {
                throw new StartupException(done.isFailed() ? "Nothing could be made of " + files.get(waiting.indexOf(attachment))
                    : "A file waits to be processed: is a media worker running?");
            }
            return done.id();
        }).toList();
    }

    private static MediaUploads.Sent sent(Path file) {
        try {
            return new MediaUploads.Sent(file, Files.size(file), null);
        } catch (IOException problem) {
            throw new StartupException("Cannot read %s: %s".formatted(file, problem.getMessage()));
        }
    }
}
