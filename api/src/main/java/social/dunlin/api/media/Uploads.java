package social.dunlin.api.media;

import java.util.Optional;
import social.dunlin.api.request.Parameters;
import social.dunlin.api.request.Upload;
import social.dunlin.media.MediaAttachment;
import social.dunlin.media.MediaUploads.Sent;
import social.dunlin.media.MediaUploads.Wish;
import social.dunlin.refusal.Refusal;

/** What clients send with a file. */
public final class Uploads {
    private Uploads() {
    }

    /** The file of that name; nothing when none was sent. */
    public static Optional<Sent> file(Parameters parameters, String name) {
        return parameters.file(name).map(Uploads::sent);
    }

    static Sent requiredFile(Parameters parameters) {
        return file(parameters, "file").orElseThrow(() -> Refusal.invalid("File can't be blank"));
    }

    private static Sent sent(Upload upload) {
        return new Sent(upload.file(), upload.size(), upload.contentType());
    }

    static void refuseFailed(MediaAttachment attachment) {
        if (attachment.isFailed()) {
            throw Refusal.unprocessable("Error processing thumbnail for uploaded media");
        }
    }

    static Wish wish(Parameters parameters) {
        Optional<double[]> focus = focus(parameters);
        return new Wish(parameters.text("description").orElse(null), focus.map(point -> point[0]).orElse(null), focus.map(point -> point[1]).orElse(null),
            parameters.flag("keep_metadata", false));
    }

    /** {@code "x,y"}, each from -1 to 1. */
    public static Optional<double[]> focus(Parameters parameters) {
        return parameters.text("focus").filter(text -> !text.isBlank()).map(text -> {
            String[] parts = text.split(",");
            try {
                return new double[] {within(Double.parseDouble(parts[0])), within(Double.parseDouble(parts[1]))};
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException malformed) {
                throw Refusal.invalid("Focus is not valid");
            }
        });
    }

    private static double within(double value) {
        if (Double.isNaN(value)) {
            throw new NumberFormatException("NaN");
        }
        return Math.clamp(value, -1, 1);
    }
}
