package social.dunlin.media.worker.film;

import java.util.Optional;

/**
 * What ffprobe says about a film or sound.
 *
 * @param duration  in seconds; 0 when not known
 * @param bitRate   in bits per second; 0 when not known
 * @param hasCover  a picture goes with the sound
 */
record Film(double duration, long bitRate, Optional<Picture> picture, Optional<String> audioCodec, boolean hasCover) {
    /** @param frameRate as a fraction, {@code 30/1}; @param rotation in degrees */
    record Picture(String codec, String pixelFormat, int width, int height, String frameRate, int rotation) {
        double framesPerSecond() {
            String[] parts = frameRate.split("/");
            try {
                double divisor = parts.length > 1 ? Double.parseDouble(parts[1]) : 1;
                return divisor == 0 ? 0 : Double.parseDouble(parts[0]) / divisor;
            } catch (NumberFormatException unknown) {
                return 0;
            }
        }

        boolean isTurned() {
            return Math.floorMod(rotation, 180) == 90;
        }

        int shownWidth() {
            return isTurned() ? height : width;
        }

        int shownHeight() {
            return isTurned() ? width : height;
        }
    }
}
