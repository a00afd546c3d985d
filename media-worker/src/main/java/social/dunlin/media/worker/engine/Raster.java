package social.dunlin.media.worker.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small picture in memory.
 *
 * @param rgb three bytes each, row by row
 */
public record Raster(int width, int height, byte[] rgb) {
    public static final int SIDE = 32;

    public Raster {
        if (width < 1 || height < 1 || rgb.length != width * height * 3) {
            throw new IllegalArgumentException("%dx%d of %d bytes".formatted(width, height, rgb.length));
        }
    }

    /** Of a portable pixmap (P6) as engines write it. */
    public static Raster ofPixmap(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int[] numbers = new int[3];
        int position = 2;
        for (int index = 0; index < numbers.length; index++) {
            while (position < bytes.length && (bytes[position] <= ' ' || bytes[position] == '#')) {
                if (bytes[position] == '#') {
                    while (position < bytes.length && bytes[position] != '\n') {
                        position++;
                    }
                } else {
                    position++;
                }
            }
            while (position < bytes.length && bytes[position] >= '0' && bytes[position] <= '9') {
                numbers[index] = numbers[index] * 10 + bytes[position++] - '0';
            }
        }
        String magic = new String(bytes, 0, 2, StandardCharsets.ISO_8859_1);
        byte[] samples = java.util.Arrays.copyOfRange(bytes, position + 1, bytes.length);
        return new Raster(numbers[0], numbers[1], magic.equals("P5") ? grey(samples) : samples);
    }

    private static byte[] grey(byte[] samples) {
        byte[] rgb = new byte[samples.length * 3];
        for (int index = 0; index < rgb.length; index++) {
            rgb[index] = samples[index / 3];
        }
        return rgb;
    }

    int sample(int x, int y, int channel) {
        return rgb[(y * width + x) * 3 + channel] & 0xff;
    }

    /** As {@code #rrggbb}. */
    public String averageColour() {
        long[] sums = new long[3];
        for (int index = 0; index < rgb.length; index++) {
            sums[index % 3] += rgb[index] & 0xff;
        }
        long pixels = rgb.length / 3;
        return "#%02x%02x%02x".formatted(sums[0] / pixels, sums[1] / pixels, sums[2] / pixels);
    }
}
