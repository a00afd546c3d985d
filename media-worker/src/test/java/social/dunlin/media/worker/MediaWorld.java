package social.dunlin.media.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.database.Database;
import social.dunlin.media.MediaAbilities;
import social.dunlin.media.MediaAttachment;
import social.dunlin.media.MediaAttachmentStore;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.MediaLimits;
import social.dunlin.media.MediaUpkeep;
import social.dunlin.media.MediaUpkeepStore;
import social.dunlin.media.MediaUploadStore;
import social.dunlin.media.MediaUploads;
import social.dunlin.media.MediaUploads.Sent;
import social.dunlin.media.MediaUploads.Wish;
import social.dunlin.media.MediaUrls;
import social.dunlin.media.UploadWaiters;
import social.dunlin.media.blob.BlobKey;
import social.dunlin.media.blob.DiskBlobStore;
import social.dunlin.media.worker.engine.PictureEngine;
import social.dunlin.media.worker.film.Ffmpeg;
import social.dunlin.media.worker.film.FilmProcessor;
import social.dunlin.media.worker.processing.AttachmentProcessor;
import social.dunlin.media.worker.processing.MediaProcessingHandler;
import social.dunlin.media.worker.processing.ProfilePictureProcessor;
import social.dunlin.media.worker.program.DecodingTurns;
import social.dunlin.queue.JobRun;
import social.dunlin.status.StatusWorld;
import social.dunlin.testing.RecordingOutbox;
import social.dunlin.testing.TestConfiguration;

/** Uploads and what becomes of them, over a real database and a real folder, without a running process. */
public final class MediaWorld {
    public final Database database;
    public final StatusWorld statuses;
    public final DiskBlobStore blobs;
    public final MediaAttachmentStore attachments;
    public final MediaUploads uploads;
    public final MediaUpkeep upkeep;
    public final MediaUrls urls;
    public final RecordingOutbox outbox = new RecordingOutbox();
    public final Ffmpeg ffmpeg = new Ffmpeg(new ObjectMapper());
    private final MediaProcessingHandler handler;
    private final Path folder;

    public MediaWorld(Database database, Vertx vertx, PgConnectOptions options, Path folder, PictureEngine engine) {
        this(new StatusWorld(database, vertx, options), folder, engine);
    }

    /** Among the same people. */
    public MediaWorld(StatusWorld statuses, Path folder, PictureEngine engine) {
        this.statuses = statuses;
        this.database = statuses.database;
        this.folder = folder;
        DunlinConfiguration configuration = TestConfiguration.of(Map.of("dunlin.media.picture-megapixels", "4"));
        MediaLimits limits = new MediaLimits(configuration);
        blobs = new DiskBlobStore(folder.resolve("media"), 0);
        attachments = new MediaAttachmentStore(database);
        MediaUploadStore store = new MediaUploadStore(database, statuses.bus);
        MediaAbilities abilities = new MediaAbilities(database);
        java.util.Set<MediaFormat> formats = new java.util.HashSet<>(engine.formats());
        formats.addAll(ffmpeg.formats());
        abilities.announce(formats);
        uploads = new MediaUploads(database, store, attachments, abilities, limits, blobs, social.dunlin.queue.Jobs.of(database, statuses.bus),
            new UploadWaiters(statuses.bus));
        upkeep = new MediaUpkeep(new MediaUpkeepStore(database), blobs);
        urls = new MediaUrls(statuses.village.domains(), configuration);
        handler = new MediaProcessingHandler(store, blobs, new AttachmentProcessor(engine, new FilmProcessor(ffmpeg), limits, store, blobs),
            new ProfilePictureProcessor(database, engine, limits, store, blobs, urls, outbox), new DecodingTurns(configuration), configuration);
    }

    public Sent sent(byte[] bytes, String claimed) {
        try {
            Path file = Files.write(Files.createTempFile(folder, "sent", ""), bytes);
            return new Sent(file, bytes.length, claimed);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public MediaAttachment upload(long account, byte[] bytes, Wish wish) {
        return uploads.attachment(statuses.village.account(account), sent(bytes, null), wish);
    }

    /** Does all jobs that wait, and gives the attachment afterwards. */
    public MediaAttachment processed(MediaAttachment waiting) throws Exception {
        work();
        return attachments.byIds(List.of(waiting.id())).getFirst();
    }

    public void work() throws Exception {
        for (String payload : database.list("delete from job where kind = $1 returning payload", row -> row.getString("payload"), MediaUploads.KIND)) {
            handler.handle(new JobRun(1, MediaUploads.KIND, payload, 1, ""));
        }
    }

    public byte[] bytes(String blob) throws IOException {
        try (var stream = blobs.open(BlobKey.parse(blob)).orElseThrow()) {
            return stream.readAllBytes();
        }
    }

    /** Every file there is. */
    public List<Path> files() throws IOException {
        try (var paths = Files.walk(folder.resolve("media"))) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }
}
