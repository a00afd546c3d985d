package social.dunlin.media.worker.processing;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import social.dunlin.media.BlobKinds;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.MediaLimits;
import social.dunlin.media.MediaUpload;
import social.dunlin.media.MediaUploadStore;
import social.dunlin.media.MediaUploadStore.Made;
import social.dunlin.media.blob.BlobContent;
import social.dunlin.media.blob.BlobKey;
import social.dunlin.media.blob.BlobStore;
import social.dunlin.media.picture.PictureHeader;
import social.dunlin.media.picture.Pictures;
import social.dunlin.media.worker.engine.Blurhash;
import social.dunlin.media.worker.engine.PictureEngine;
import social.dunlin.media.worker.engine.PictureEngine.Box;
import social.dunlin.media.worker.engine.Raster;
import social.dunlin.media.worker.engine.WorkFolder;
import social.dunlin.media.worker.film.FilmProcessor;
import social.dunlin.media.worker.program.ProgramFailure;

/**
 * Makes an attachment: the picture without what it told about people, a thumbnail, a blurhash. The blobs have the upload's
 * own name, so that doing it again after a crash replaces what was there.
 */
@ApplicationScoped
public class AttachmentProcessor {
    private final PictureEngine engine;
    private final FilmProcessor films;
    private final MediaLimits limits;
    private final MediaUploadStore uploads;
    private final BlobStore blobs;

    public AttachmentProcessor(PictureEngine engine, FilmProcessor films, MediaLimits limits, MediaUploadStore uploads, BlobStore blobs) {
        this.engine = engine;
        this.films = films;
        this.limits = limits;
        this.uploads = uploads;
        this.blobs = blobs;
    }

    void process(MediaUpload upload, Path source, MediaFormat format, WorkFolder folder) throws ProgramFailure, IOException {
        Optional<PictureHeader> header = format.isImage() ? Optional.of(Pictures.header(source, format)) : Optional.empty();
        header.ifPresent(limits::check);
        boolean moves = format == MediaFormat.GIF && header.get().isAnimated() && films.isPossible();
        Made made = header.isPresent() && !moves ? picture(upload, source, format, header.get(), folder) : film(upload, source, format, folder);
        if (!uploads.finishAttachment(upload, made)) {
            blobs.delete(java.util.stream.Stream.of(made.blob(), made.previewBlob()).filter(java.util.Objects::nonNull).toList());
        }
    }

    private Made picture(MediaUpload upload, Path source, MediaFormat format, PictureHeader header, WorkFolder folder) throws ProgramFailure, IOException {
        Path original = source;
        MediaFormat shown = format;
        if (!Pictures.STRIPPABLE.contains(format)) {
            shown = MediaFormat.JPEG;
            original = folder.file("original.jpg");
            engine.resize(source, format, header, Box.within(header.width() + header.height(), header.width() + header.height()), original, shown)
                .orElseThrow(() -> ProgramFailure.of(format + " cannot be read here"));
        } else if (!upload.keepMetadata()) {
            original = folder.file("original." + format.extension());
            Pictures.strip(source, format, original);
        }
        PictureHeader shownHeader = Pictures.header(original, shown);
        MediaFormat previewFormat = shownHeader.transparent() ? MediaFormat.PNG : MediaFormat.JPEG;
        Path preview = folder.file("preview." + previewFormat.extension());
        Optional<Raster> raster = engine.resize(original, shown, shownHeader, Box.PREVIEW, preview, previewFormat);
        BlobKey blob = keep(BlobKinds.PICTURE, upload, shown, original);
        BlobKey previewBlob = raster.isPresent() ? keep(BlobKinds.PREVIEW, upload, previewFormat, preview) : null;
        return new Made("image", blob, previewBlob, raster.map(Blurhash::of).orElse(null),
            MediaMeta.ofPicture(shownHeader, raster.isPresent() ? Pictures.header(preview, previewFormat) : null, raster.orElse(null)));
    }

    private Made film(MediaUpload upload, Path source, MediaFormat format, WorkFolder folder) throws ProgramFailure, IOException {
        if (!films.isPossible()) {
            throw ProgramFailure.of("needs ffmpeg, which is not installed");
        }
        FilmProcessor.Made film = films.process(source, format, folder);
        BlobKey blob = keep(BlobKinds.FILM, upload, film.format(), film.file());
        BlobKey poster = film.poster() == null ? null : keep(BlobKinds.PREVIEW, upload, MediaFormat.JPEG, film.poster());
        return new Made(film.type(), blob, poster, film.raster() == null ? null : Blurhash.of(film.raster()), MediaMeta.ofFilm(film));
    }

    private BlobKey keep(String kind, MediaUpload upload, MediaFormat format, Path file) throws IOException {
        BlobKey key = new BlobKey(kind, upload.blob().name(), format.extension());
        blobs.put(key, BlobContent.of(file));
        return key;
    }
}
