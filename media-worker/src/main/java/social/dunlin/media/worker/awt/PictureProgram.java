package social.dunlin.media.worker.awt;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;

/**
 * Makes one picture smaller: {@code SOURCE FORMAT ORIENTATION WIDTH HEIGHT CROP TARGET FORMAT RASTER SIDE}. While reading,
 * whole rows and columns are left out as long as what remains is at least twice as large as wanted.
 */
public final class PictureProgram {
    private static final float QUALITY = 0.86f;

    private PictureProgram() {
    }

    public static void main(String[] words) throws IOException {
        ImageIO.setUseCache(false);
        int orientation = Integer.parseInt(words[2]);
        int width = Integer.parseInt(words[3]);
        int height = Integer.parseInt(words[4]);
        boolean crop = Boolean.parseBoolean(words[5]);
        BufferedImage upright = turned(read(new File(words[0]), words[1], Math.max(width, height)), orientation);
        boolean transparent = words[7].equals("png");
        BufferedImage wanted = crop ? filled(upright, width, height, transparent) : within(upright, width, height, transparent);
        write(wanted, Path.of(words[6]), words[7]);
        int side = Integer.parseInt(words[9]);
        writePixmap(within(wanted, side, side, false), Path.of(words[8]));
    }

    private static BufferedImage read(File source, String format, int wanted) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersBySuffix(format);
        if (!readers.hasNext()) {
            throw new IOException("no decoder for " + format);
        }
        ImageReader reader = readers.next();
        try (ImageInputStream stream = ImageIO.createImageInputStream(source)) {
            reader.setInput(stream, true, true);
            int shorter = Math.min(reader.getWidth(0), reader.getHeight(0));
            ImageReadParam parameters = reader.getDefaultReadParam();
            int step = Math.max(1, shorter / (2 * wanted));
            parameters.setSourceSubsampling(step, step, 0, 0);
            BufferedImage picture = reader.read(0, parameters);
            return picture;
        } finally {
            reader.dispose();
        }
    }

    /** The eight ways of EXIF. */
    private static BufferedImage turned(BufferedImage picture, int orientation) {
        if (orientation == 1) {
            return picture;
        }
        int width = picture.getWidth();
        int height = picture.getHeight();
        AffineTransform turn = switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
        BufferedImage result = orientation >= 5 ? blank(height, width, true) : blank(width, height, true);
        Graphics2D graphics = result.createGraphics();
        graphics.drawImage(picture, turn, null);
        graphics.dispose();
        return result;
    }

    private static BufferedImage within(BufferedImage picture, int width, int height, boolean transparent) {
        double scale = Math.min(1, Math.min((double) width / picture.getWidth(), (double) height / picture.getHeight()));
        return scaled(picture, new Rectangle(picture.getWidth(), picture.getHeight()), Math.max(1, (int) Math.round(picture.getWidth() * scale)),
            Math.max(1, (int) Math.round(picture.getHeight() * scale)), transparent);
    }

    private static BufferedImage filled(BufferedImage picture, int width, int height, boolean transparent) {
        double scale = Math.max((double) width / picture.getWidth(), (double) height / picture.getHeight());
        int cutWidth = Math.clamp(Math.round(width / scale), 1, picture.getWidth());
        int cutHeight = Math.clamp(Math.round(height / scale), 1, picture.getHeight());
        return scaled(picture, new Rectangle((picture.getWidth() - cutWidth) / 2, (picture.getHeight() - cutHeight) / 2, cutWidth, cutHeight),
            width, height, transparent);
    }

    /** By halves first: each pixel then counts. */
    private static BufferedImage scaled(BufferedImage picture, Rectangle cut, int width, int height, boolean transparent) {
        BufferedImage current = picture;
        Rectangle part = cut;
        do {
            int nextWidth = Math.max(width, part.width / 2);
            int nextHeight = Math.max(height, part.height / 2);
            BufferedImage next = blank(nextWidth, nextHeight, transparent);
            Graphics2D graphics = next.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            if (!transparent) {
                graphics.setColor(Color.WHITE);
                graphics.fillRect(0, 0, nextWidth, nextHeight);
            }
            graphics.drawImage(current, 0, 0, nextWidth, nextHeight, part.x, part.y, part.x + part.width, part.y + part.height, null);
            graphics.dispose();
            current = next;
            part = new Rectangle(nextWidth, nextHeight);
        } while (part.width > width || part.height > height);
        return current;
    }

    /** Drawing into one of these converts to sRGB. */
    private static BufferedImage blank(int width, int height, boolean transparent) {
        return new BufferedImage(width, height, transparent ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    }

    private static void write(BufferedImage picture, Path target, String format) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersBySuffix(format).next();
        try (ImageOutputStream output = ImageIO.createImageOutputStream(target.toFile())) {
            writer.setOutput(output);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            if (format.equals("jpg")) {
                parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                parameters.setCompressionQuality(QUALITY);
            }
            writer.write(null, new IIOImage(picture, null, null), parameters);
        } finally {
            writer.dispose();
        }
    }

    private static void writePixmap(BufferedImage picture, Path target) throws IOException {
        byte[] rgb = new byte[picture.getWidth() * picture.getHeight() * 3];
        int position = 0;
        for (int pixel : picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth())) {
            rgb[position++] = (byte) (pixel >> 16);
            rgb[position++] = (byte) (pixel >> 8);
            rgb[position++] = (byte) pixel;
        }
        try (OutputStream output = Files.newOutputStream(target)) {
            output.write("P6\n%d %d\n255\n".formatted(picture.getWidth(), picture.getHeight()).getBytes(StandardCharsets.US_ASCII));
            output.write(rgb);
        }
    }
}
