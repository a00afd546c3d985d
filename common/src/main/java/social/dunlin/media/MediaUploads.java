package social.dunlin.media;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.id.Snowflakes;
import social.dunlin.media.MediaUpload.Purpose;
import social.dunlin.media.blob.BlobContent;
import social.dunlin.media.blob.BlobKey;
import social.dunlin.media.blob.BlobStore;
import social.dunlin.media.blob.BlobStoreFull;
import social.dunlin.media.picture.BrokenPicture;
import social.dunlin.media.picture.Leak;
import social.dunlin.media.picture.PictureHeader;
import social.dunlin.media.picture.Pictures;
import social.dunlin.queue.Job;
import social.dunlin.queue.Jobs;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.StatusLimits;
import social.dunlin.text.PlainText;

/**
 * Takes files from people: what they are is found out here, by their bytes; what they become is a job of the media worker.
 * Nothing is decoded in this process.
 */
@ApplicationScoped
public class MediaUploads {
    public static final String KIND = "media-processing";

    private static final Set<MediaFormat> PROFILE_FORMATS = EnumSet.of(MediaFormat.JPEG, MediaFormat.PNG, MediaFormat.GIF, MediaFormat.WEBP,
        MediaFormat.AVIF, MediaFormat.HEIC);
    private static final Set<MediaFormat> EMOJI_FORMATS = EnumSet.of(MediaFormat.PNG, MediaFormat.GIF, MediaFormat.WEBP);
    /** How long an event that was lost, as with its connection, is waited for. */
    private static final Duration LOST = Duration.ofSeconds(5);
    private static final Logger LOG = Logger.getLogger(MediaUploads.class);

    private final Database database;
    private final MediaUploadStore store;
    private final MediaAttachmentStore attachments;
    private final MediaAbilities abilities;
    private final MediaLimits limits;
    private final BlobStore blobs;
    private final Jobs jobs;
    private final UploadWaiters waiters;

    public MediaUploads(Database database, MediaUploadStore store, MediaAttachmentStore attachments, MediaAbilities abilities, MediaLimits limits,
                        BlobStore blobs, Jobs jobs, UploadWaiters waiters) {
        this.database = database;
        this.store = store;
        this.attachments = attachments;
        this.abilities = abilities;
        this.limits = limits;
        this.blobs = blobs;
        this.jobs = jobs;
        this.waiters = waiters;
    }

    /** @param claimedType as the sender calls it; null when it does not */
    public record Sent(Path file, long size, String claimedType) {
    }

    /** @param description null for none; @param focusX null for none, with {@code focusY} */
    public record Wish(String description, Double focusX, Double focusY, boolean keepMetadata) {
        public static final Wish NOTHING = new Wish(null, null, null, false);
    }

    /** The attachment, which waits to be processed. */
    public MediaAttachment attachment(Account account, Sent sent, Wish wish) {
        return attachment(account, sent, wish, true);
    }

    /** The same for somebody who first wants to see what the file tells: it waits for {@link #release}. */
    public Held hold(Account account, Sent sent) {
        MediaAttachment attachment = attachment(account, sent, Wish.NOTHING, false);
        try {
            MediaFormat format = FormatDetector.detect(sent.file()).orElseThrow();
            boolean keepable = Pictures.STRIPPABLE.contains(format);
            return new Held(attachment, keepable, keepable ? Pictures.leaks(sent.file(), format) : List.of());
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    /** @param keepable whether it can be kept, as with pictures that are not made anew; @param leaks what the file tells besides its picture, then */
    public record Held(MediaAttachment attachment, boolean keepable, List<Leak> leaks) {
    }

    /** Lets what was held be processed, keeping what it tells or not. Twice is as good as once. */
    public void release(Account account, long attachmentId, boolean keepMetadata, String description) {
        String typed = checkedDescription(description);
        database.transaction(() -> {
            MediaUpload upload = store.ofAttachment(attachmentId).filter(held -> held.accountId() == account.id() && held.failure() == null)
                .orElseThrow(Refusal::notFound);
            attachments.describe(attachmentId, typed, null, null);
            store.keepMetadata(upload.id(), keepMetadata);
            jobs.enqueue(job(upload.id()));
        });
    }

    private MediaAttachment attachment(Account account, Sent sent, Wish wish, boolean atOnce) {
        MediaFormat format = check(sent, limits.bytes(), EnumSet.allOf(MediaFormat.class));
        String description = checkedDescription(wish.description());
        long id = Snowflakes.next();
        String type = format.isImage() ? "image" : format.isAudio() ? "audio" : "video";
        keep(sent, format, atOnce, blob -> {
            store.addAttachment(id, account.id(), type, format.contentType(), description, wish.focusX(), wish.focusY());
            return store.add(Purpose.ATTACHMENT, account.id(), id, null, null, blob, wish.keepMetadata());
        });
        return attachments.byIds(List.of(id)).getFirst();
    }

    /** A new avatar or header; gives the upload to wait for. */
    public long profilePicture(Account account, Purpose purpose, Sent sent) {
        MediaFormat format = check(sent, Math.min(limits.bytes(), MediaLimits.PROFILE_PICTURE_BYTES), PROFILE_FORMATS);
        return keep(sent, format, true, blob -> store.add(purpose, account.id(), null, null, null, blob, false));
    }

    /** A custom emoji of ours; gives the upload to wait for. @param category null for none */
    public long emoji(String shortcode, String category, Sent sent) {
        if (!shortcode.matches("[A-Za-z0-9_]{2,64}")) {
            throw Refusal.invalid("Shortcode is invalid (letters, digits and _, at least two)");
        }
        MediaFormat format = check(sent, MediaLimits.EMOJI_BYTES, EMOJI_FORMATS);
        return keep(sent, format, true, blob -> store.add(Purpose.EMOJI, null, null, shortcode, category, blob, false));
    }

    /** As Mastodon says it. @return null for nothing said */
    public static String checkedDescription(String description) {
        if (description == null) {
            return null;
        }
        String typed = PlainText.wellFormed(description).strip();
        if (typed.codePointCount(0, typed.length()) > StatusLimits.MEDIA_DESCRIPTION) {
            throw Refusal.invalid("Description is too long (maximum is %d characters)".formatted(StatusLimits.MEDIA_DESCRIPTION));
        }
        return typed.isEmpty() ? null : typed;
    }

    private MediaFormat check(Sent sent, int mostBytes, Set<MediaFormat> wanted) {
        if (sent.size() > mostBytes) {
            throw Refusal.invalid("File file size must be less than or equal to %d KB".formatted(mostBytes >> 10));
        }
        try {
            MediaFormat format = FormatDetector.detect(sent.file()).filter(wanted::contains)
                .orElseThrow(() -> Refusal.invalid("File content type is invalid"));
            if (!FormatDetector.fits(format, sent.claimedType())) {
                throw Refusal.invalid("File has contents that are not what they are reported to be");
            }
            if (!abilities.formats().contains(format)) {
                throw Refusal.invalid("File content type %s is not supported by this server".formatted(format.contentType()));
            }
            if (format.isImage()) {
                PictureHeader header = Pictures.header(sent.file(), format);
                limits.check(header);
            }
            return format;
        } catch (BrokenPicture broken) {
            throw Refusal.invalid("File is damaged");
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private interface Rows {
        long write(BlobKey blob);
    }

    private long keep(Sent sent, MediaFormat format, boolean atOnce, Rows rows) {
        BlobKey blob = BlobKey.random(BlobKinds.INCOMING, format);
        try {
            blobs.put(blob, BlobContent.of(sent.file()));
        } catch (BlobStoreFull full) {
            LOG.error(full.getMessage());
            throw Refusal.unavailable("There is no room for uploads at the moment");
        } catch (IOException failure) {
            LOG.errorf(failure, "An upload could not be stored");
            throw Refusal.unavailable("Uploads cannot be stored at the moment");
        }
        return database.transaction(() -> {
            long upload = rows.write(blob);
            if (atOnce) {
                jobs.enqueue(job(upload));
            }
            return upload;
        });
    }

    private static Job job(long upload) {
        return Job.of(KIND, Long.toString(upload)).uniqueBy(Long.toString(upload)).withPriority(Job.URGENT);
    }

    /** Waits so long at most for the attachment to be ready or failed, and gives it as it is then. */
    public MediaAttachment await(MediaAttachment waiting, Duration patience) {
        store.ofAttachment(waiting.id()).ifPresent(upload -> await(upload.id(), patience));
        return attachments.byIds(List.of(waiting.id())).stream().findFirst().orElseThrow(Refusal::notFound);
    }

    /** Waits so long at most; false when it is not done by then. Refuses when nothing came of it. */
    public boolean await(long upload, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try (UploadWaiters.Waiter waiter = waiters.begin(upload)) {
            while (!isDone(upload)) {
                Duration left = Duration.ofNanos(end - System.nanoTime());
                if (!left.isPositive()) {
                    return false;
                }
                waiter.await(left.compareTo(LOST) < 0 ? left : LOST);
            }
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isDone(long upload) {
        Optional<MediaUpload> waiting = store.byId(upload);
        if (waiting.isPresent() && waiting.get().failure() != null && waiting.get().attachmentId() == null) {
            throw Refusal.invalid("File " + waiting.get().failure());
        }
        return waiting.isEmpty() || waiting.get().failure() != null;
    }
}
