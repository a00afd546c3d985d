package social.dunlin.media.worker.processing;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.MediaUpload;
import social.dunlin.media.MediaUpload.Purpose;
import social.dunlin.media.MediaUploadStore;
import social.dunlin.media.MediaUploads;
import social.dunlin.media.blob.BlobStore;
import social.dunlin.media.picture.BrokenPicture;
import social.dunlin.media.worker.engine.WorkFolder;
import social.dunlin.media.worker.program.DecodingTurns;
import social.dunlin.media.worker.program.ProgramFailure;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;
import social.dunlin.refusal.Refusal;

/** Makes of an upload what it is for. A file that nothing can be made of fails for good; trouble with disks is tried again. */
@ApplicationScoped
public class MediaProcessingHandler implements JobHandler {
    private static final Logger LOG = Logger.getLogger(MediaProcessingHandler.class);

    private final MediaUploadStore uploads;
    private final BlobStore blobs;
    private final AttachmentProcessor attachments;
    private final ProfilePictureProcessor profilePictures;
    private final DecodingTurns turns;
    private final int concurrency;

    public MediaProcessingHandler(MediaUploadStore uploads, BlobStore blobs, AttachmentProcessor attachments, ProfilePictureProcessor profilePictures,
                                  DecodingTurns turns, DunlinConfiguration configuration) {
        this.uploads = uploads;
        this.blobs = blobs;
        this.attachments = attachments;
        this.profilePictures = profilePictures;
        this.turns = turns;
        this.concurrency = configuration.media().concurrency();
    }

    @Override
    public String kind() {
        return MediaUploads.KIND;
    }

    @Override
    public int concurrency() {
        return concurrency;
    }

    @Override
    public void handle(JobRun run) throws IOException, InterruptedException {
        Optional<MediaUpload> waiting = uploads.byId(Long.parseLong(run.payload())).filter(upload -> upload.failure() == null);
        if (waiting.isEmpty()) {
            return;
        }
        MediaUpload upload = waiting.get();
        uploads.begin(upload);
        MediaFormat format = upload.blob().format().orElseThrow();
        try (DecodingTurns.Turn _ = turns.next(); WorkFolder folder = WorkFolder.make()) {
            Path source = folder.file("source." + format.extension());
            try (InputStream bytes = blobs.open(upload.blob()).orElseThrow(() -> ProgramFailure.of("is gone"))) {
                Files.copy(bytes, source);
            }
            if (upload.purpose() == Purpose.ATTACHMENT) {
                attachments.process(upload, source, format, folder);
            } else {
                profilePictures.process(upload, source, format, folder);
            }
        } catch (ProgramFailure | BrokenPicture | Refusal hopeless) {
            LOG.infof("Nothing can be made of upload %d (%s): %s", upload.id(), format, hopeless.getMessage());
            uploads.fail(upload, "could not be processed");
        }
    }
}
