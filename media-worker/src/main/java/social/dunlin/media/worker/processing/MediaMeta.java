package social.dunlin.media.worker.processing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import social.dunlin.media.picture.PictureHeader;
import social.dunlin.media.worker.engine.Raster;
import social.dunlin.media.worker.film.FilmProcessor;

/** The sizes and times of an attachment, as Mastodon's clients read them (MediaAttachment.meta). */
final class MediaMeta {
    private MediaMeta() {
    }

    /** @param preview null when there is none; @param raster null when nobody has looked at it */
    static String ofPicture(PictureHeader original, PictureHeader preview, Raster raster) {
        ObjectNode meta = JsonNodeFactory.instance.objectNode();
        meta.set("original", size(original.shownWidth(), original.shownHeight()));
        addPreview(meta, preview, raster);
        return meta.toString();
    }

    static String ofFilm(FilmProcessor.Made film) {
        ObjectNode meta = JsonNodeFactory.instance.objectNode();
        ObjectNode original = film.width() > 0 ? size(film.width(), film.height()) : JsonNodeFactory.instance.objectNode();
        if (film.frameRate() != null) {
            original.put("frame_rate", film.frameRate());
        }
        original.put("duration", film.duration());
        if (film.bitRate() > 0) {
            original.put("bitrate", film.bitRate());
        }
        meta.set("original", original);
        meta.put("duration", film.duration()).put("length", length(film.duration()));
        addPreview(meta, film.posterHeader(), film.raster());
        return meta.toString();
    }

    private static void addPreview(ObjectNode meta, PictureHeader preview, Raster raster) {
        if (preview != null) {
            meta.set("small", size(preview.shownWidth(), preview.shownHeight()));
        }
        if (raster != null) {
            String average = raster.averageColour();
            int brightness = Integer.parseInt(average.substring(1, 3), 16) * 3 + Integer.parseInt(average.substring(3, 5), 16) * 6
                + Integer.parseInt(average.substring(5), 16);
            meta.putObject("colors").put("background", average).put("foreground", brightness > 1_280 ? "#000000" : "#ffffff").put("accent", average);
        }
    }

    private static ObjectNode size(int width, int height) {
        return JsonNodeFactory.instance.objectNode().put("width", width).put("height", height).put("size", width + "x" + height)
            .put("aspect", (double) width / height);
    }

    /** Hours, minutes and seconds, as clients of old read it. */
    private static String length(double seconds) {
        long hundredths = Math.round(seconds * 100);
        return "%d:%02d:%02d.%02d".formatted(hundredths / 360_000, hundredths / 6_000 % 60, hundredths / 100 % 60, hundredths % 100);
    }
}
