package social.dunlin.media.worker.engine;

/** What a picture looks like from afar in some thirty letters (blurha.sh, version 1). */
public final class Blurhash {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
    private static final int ACROSS = 4;
    private static final int DOWN = 4;

    private Blurhash() {
    }

    public static String of(Raster raster) {
        double[][] factors = new double[ACROSS * DOWN][];
        for (int y = 0; y < DOWN; y++) {
            for (int x = 0; x < ACROSS; x++) {
                factors[y * ACROSS + x] = factor(raster, x, y);
            }
        }
        double largest = 0;
        for (int index = 1; index < factors.length; index++) {
            for (double value : factors[index]) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        int quantised = Math.clamp((long) Math.floor(largest * 166 - 0.5), 0, 82);
        StringBuilder hash = new StringBuilder();
        append(hash, ACROSS - 1 + (DOWN - 1) * 9, 1);
        append(hash, quantised, 1);
        append(hash, toSrgb(factors[0][0]) << 16 | toSrgb(factors[0][1]) << 8 | toSrgb(factors[0][2]), 4);
        for (int index = 1; index < factors.length; index++) {
            append(hash, alternating(factors[index], (quantised + 1) / 166.0), 2);
        }
        return hash.toString();
    }

    private static double[] factor(Raster raster, int across, int down) {
        double[] sum = new double[3];
        for (int y = 0; y < raster.height(); y++) {
            for (int x = 0; x < raster.width(); x++) {
                double basis = Math.cos(Math.PI * across * x / raster.width()) * Math.cos(Math.PI * down * y / raster.height());
                for (int channel = 0; channel < 3; channel++) {
                    sum[channel] += basis * toLinear(raster.sample(x, y, channel));
                }
            }
        }
        double scale = (across == 0 && down == 0 ? 1.0 : 2.0) / (raster.width() * raster.height());
        return new double[] {sum[0] * scale, sum[1] * scale, sum[2] * scale};
    }

    private static int alternating(double[] factor, double largest) {
        int packed = 0;
        for (double value : factor) {
            double root = Math.copySign(Math.sqrt(Math.abs(value / largest)), value);
            packed = packed * 19 + Math.clamp((long) Math.floor(root * 9 + 9.5), 0, 18);
        }
        return packed;
    }

    private static double toLinear(int sample) {
        double value = sample / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static int toSrgb(double linear) {
        double value = Math.clamp(linear, 0, 1);
        return (int) ((value <= 0.0031308 ? value * 12.92 : 1.055 * Math.pow(value, 1 / 2.4) - 0.055) * 255 + 0.5);
    }

    private static void append(StringBuilder hash, int value, int length) {
        for (int digit = length - 1; digit >= 0; digit--) {
            hash.append(DIGITS.charAt(value / (int) Math.pow(83, digit) % 83));
        }
    }
}
