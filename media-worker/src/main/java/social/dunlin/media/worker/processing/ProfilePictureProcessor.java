package social.dunlin.media.worker.processing;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import social.dunlin.database.Database;
import social.dunlin.federation.outbox.Outbox;
import social.dunlin.media.BlobKinds;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.MediaLimits;
import social.dunlin.media.MediaUpload;
import social.dunlin.media.MediaUpload.Purpose;
import social.dunlin.media.MediaUploadStore;
import social.dunlin.media.MediaUrls;
import social.dunlin.media.blob.BlobContent;
import social.dunlin.media.blob.BlobKey;
import social.dunlin.media.blob.BlobStore;
import social.dunlin.media.picture.PictureHeader;
import social.dunlin.media.picture.Pictures;
import social.dunlin.media.worker.engine.PictureEngine;
import social.dunlin.media.worker.engine.PictureEngine.Box;
import social.dunlin.media.worker.engine.WorkFolder;
import social.dunlin.media.worker.program.ProgramFailure;

/** Avatars, headers and emoji. A moving one stays as it is, less what it told, and gets a still beside it. */
@ApplicationScoped
public class ProfilePictureProcessor {
    private static final Box AVATAR = Box.filled(400, 400);
    private static final Box HEADER = Box.filled(1500, 500);

    private final Database database;
    private final PictureEngine engine;
    private final MediaLimits limits;
    private final MediaUploadStore uploads;
    private final BlobStore blobs;
    private final MediaUrls urls;
    private final Outbox outbox;

    public ProfilePictureProcessor(Database database, PictureEngine engine, MediaLimits limits, MediaUploadStore uploads, BlobStore blobs,
                                   MediaUrls urls, Outbox outbox) {
        this.database = database;
        this.engine = engine;
        this.limits = limits;
        this.uploads = uploads;
        this.blobs = blobs;
        this.urls = urls;
        this.outbox = outbox;
    }

    void process(MediaUpload upload, Path source, MediaFormat format, WorkFolder folder) throws ProgramFailure, IOException {
        PictureHeader header = Pictures.header(source, format);
        limits.check(header);
        if (upload.purpose() == Purpose.EMOJI) {
            emoji(upload, source, format, header, folder);
            return;
        }
        BlobKey blob = header.isAnimated() ? moving(upload, source, format, folder) : still(upload, source, format, header, folder);
        database.transaction(() -> {
            uploads.setProfilePicture(upload, blob);
            outbox.accountChanged(upload.accountId());
        });
    }

    private void emoji(MediaUpload upload, Path source, MediaFormat format, PictureHeader header, WorkFolder folder) throws IOException {
        BlobKey key = header.isAnimated() ? moving(upload, source, format, folder) : keep(BlobKinds.EMOJI, upload, format, stripped(source, format, folder));
        uploads.setEmoji(upload, urls.of(key.toString()), urls.of(BlobKinds.stillOf(key).toString()));
    }

    private BlobKey moving(MediaUpload upload, Path source, MediaFormat format, WorkFolder folder) throws IOException {
        Path still = folder.file("still." + format.extension());
        Pictures.still(source, format, still);
        keep(BlobKinds.STILL, upload, format, still);
        return keep(BlobKinds.MOVING, upload, format, stripped(source, format, folder));
    }

    private static Path stripped(Path source, MediaFormat format, WorkFolder folder) throws IOException {
        Path stripped = folder.file("stripped." + format.extension());
        Pictures.strip(source, format, stripped);
        return stripped;
    }

    private BlobKey still(MediaUpload upload, Path source, MediaFormat format, PictureHeader header, WorkFolder folder) throws ProgramFailure, IOException {
        MediaFormat shown = header.transparent() ? MediaFormat.PNG : MediaFormat.JPEG;
        Path file = folder.file("made." + shown.extension());
        boolean resized = engine.resize(source, format, header, upload.purpose() == Purpose.AVATAR ? AVATAR : HEADER, file, shown).isPresent();
        return resized ? keep(BlobKinds.PROFILE, upload, shown, file) : keep(BlobKinds.PROFILE, upload, format, stripped(source, format, folder));
    }

    private BlobKey keep(String kind, MediaUpload upload, MediaFormat format, Path file) throws IOException {
        BlobKey key = new BlobKey(kind, upload.blob().name(), format.extension());
        blobs.put(key, BlobContent.of(file));
        return key;
    }
}
