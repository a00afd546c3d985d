package social.dunlin.testing;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/**
 * Real pictures made on the spot, with everything in them that cameras and programs tell. Whatever is secret contains
 * {@link #SECRET}, and the place is {@link #LATITUDE}.
 */
public final class SamplePictures {
    public static final String SECRET = "SECRET-OF-ALICE";
    /** Degrees, minutes, seconds of the place, as they stand in the file. */
    public static final byte[] LATITUDE = rational(54, 1, 31, 1, 4177, 100);

    private SamplePictures() {
    }

    /** The upper left quarter red, the upper right green, the lower left blue, the lower right yellow. */
    public static BufferedImage quarters(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        Color[] colours = {Color.RED, Color.GREEN, Color.BLUE, Color.YELLOW};
        for (int index = 0; index < colours.length; index++) {
            graphics.setColor(colours[index]);
            graphics.fillRect(index % 2 * width / 2, index / 2 * height / 2, width - width / 2, height - height / 2);
        }
        graphics.dispose();
        return picture;
    }

    /** Something that does not compress to nothing. */
    public static BufferedImage gradient(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, Color.ORANGE, width, height, Color.BLUE));
        graphics.fillRect(0, 0, width, height);
        java.util.Random random = new java.util.Random(7);
        for (int stroke = 0; stroke < 400; stroke++) {
            graphics.setColor(new Color(random.nextInt(1 << 24)));
            graphics.drawLine(random.nextInt(width), random.nextInt(height), random.nextInt(width), random.nextInt(height));
        }
        graphics.dispose();
        return picture;
    }

    public static byte[] bytes(BufferedImage picture, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(picture, format, bytes)) {
                throw new IllegalStateException("no writer for " + format);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** EXIF with place, time, device, owner and serial number. */
    public static byte[] exif(int orientation) {
        ByteBuffer exif = ByteBuffer.allocate(512).order(ByteOrder.BIG_ENDIAN);
        byte[] secret = (SECRET + "\0").getBytes(StandardCharsets.US_ASCII);
        int text = 300;
        exif.put(new byte[] {'M', 'M', 0, 42}).putInt(8).putShort((short) 5);
        entry(exif, 0x10f, 2, secret.length, text);
        exif.putShort((short) 0x112).putShort((short) 3).putInt(1).putShort((short) orientation).putShort((short) 0);
        entry(exif, 0x132, 2, secret.length, text);
        entry(exif, 0x8769, 4, 1, 100);
        entry(exif, 0x8825, 4, 1, 160);
        exif.putInt(0);
        exif.position(100).putShort((short) 2);
        entry(exif, 0xa430, 2, secret.length, text);
        entry(exif, 0xa431, 2, secret.length, text);
        exif.putInt(0);
        exif.position(160).putShort((short) 4);
        exif.putShort((short) 1).putShort((short) 2).putInt(2).put(new byte[] {'N', 0, 0, 0});
        entry(exif, 2, 5, 3, 240);
        exif.putShort((short) 3).putShort((short) 2).putInt(2).put(new byte[] {'E', 0, 0, 0});
        entry(exif, 4, 5, 3, 240);
        exif.putInt(0);
        exif.position(240).put(LATITUDE);
        exif.position(text).put(secret);
        return Arrays.copyOf(exif.array(), exif.position());
    }

    private static void entry(ByteBuffer exif, int tag, int type, int count, int value) {
        exif.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    private static byte[] rational(int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * 4);
        Arrays.stream(numbers).forEach(bytes::putInt);
        return bytes.array();
    }

    public static byte[] xmp() {
        return ("<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF><rdf:Description exif:GPSLatitude=\"54,31.7N\" dc:creator='%s'/></rdf:RDF></x:xmpmeta>"
            .formatted(SECRET)).getBytes(StandardCharsets.UTF_8);
    }

    /** A JPEG with EXIF, XMP, IPTC, a comment and something behind its end. */
    public static byte[] tellingJpeg(BufferedImage picture, int orientation) {
        byte[] plain = bytes(picture, "jpg");
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        result.write(plain, 0, 2);
        segment(result, 0xe1, join("Exif\0\0".getBytes(StandardCharsets.US_ASCII), exif(orientation)));
        segment(result, 0xe1, join("http://ns.adobe.com/xap/1.0/\0".getBytes(StandardCharsets.US_ASCII), xmp()));
        segment(result, 0xed, ("Photoshop 3.0\0" + SECRET).getBytes(StandardCharsets.US_ASCII));
        segment(result, 0xfe, SECRET.getBytes(StandardCharsets.US_ASCII));
        result.write(plain, 2, plain.length - 2);
        result.writeBytes(("<?php echo '" + SECRET + "'; ?>").getBytes(StandardCharsets.US_ASCII));
        return result.toByteArray();
    }

    /** A JPEG with a colour profile (not a real one, but at the place of one). */
    public static byte[] profiledJpeg(byte[] profile) {
        byte[] plain = bytes(quarters(40, 20), "jpg");
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        result.write(plain, 0, 2);
        segment(result, 0xe2, join("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII), profile));
        segment(result, 0xe2, join("MPF\0".getBytes(StandardCharsets.US_ASCII), SECRET.getBytes(StandardCharsets.US_ASCII)));
        result.write(plain, 2, plain.length - 2);
        return result.toByteArray();
    }

    /** The same as PNG. */
    public static byte[] profiledPng(byte[] profile) {
        byte[] plain = bytes(quarters(40, 20), "png");
        return join(Arrays.copyOf(plain, 33), chunk("iCCP", join("p\0\0".getBytes(StandardCharsets.US_ASCII), profile)), Arrays.copyOfRange(plain, 33, plain.length));
    }

    private static void segment(ByteArrayOutputStream result, int marker, byte[] content) {
        result.write(0xff);
        result.write(marker);
        result.write(content.length + 2 >> 8);
        result.write(content.length + 2);
        result.writeBytes(content);
    }

    /** A PNG with eXIf, text of all three kinds, a time, and something behind its end. */
    public static byte[] tellingPng(BufferedImage picture, int orientation) {
        byte[] plain = bytes(picture, "png");
        int header = 8 + 25;
        return join(Arrays.copyOf(plain, header), chunk("eXIf", exif(orientation)), chunk("tEXt", ("Author\0" + SECRET).getBytes(StandardCharsets.US_ASCII)),
            chunk("iTXt", join("XML:com.adobe.xmp\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII), xmp())),
            chunk("tIME", new byte[] {7, (byte) 0xe8, 1, 2, 3, 4, 5}), chunk("prVt", SECRET.getBytes(StandardCharsets.US_ASCII)),
            Arrays.copyOfRange(plain, header, plain.length), SECRET.getBytes(StandardCharsets.US_ASCII));
    }

    /** A PNG that claims a size it does not have. */
    public static byte[] pngOfSize(int width, int height) {
        byte[] plain = bytes(quarters(4, 4), "png");
        ByteBuffer header = ByteBuffer.allocate(13).put(plain, 16, 13).putInt(0, width).putInt(4, height);
        return join(Arrays.copyOf(plain, 8), chunk("IHDR", header.array()), Arrays.copyOfRange(plain, 8 + 25, plain.length));
    }

    private static byte[] chunk(String type, byte[] content) {
        byte[] named = join(type.getBytes(StandardCharsets.US_ASCII), content);
        CRC32 sum = new CRC32();
        sum.update(named);
        return join(ByteBuffer.allocate(4).putInt(content.length).array(), named, ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    /** A GIF of so many frames with a comment, XMP and something behind its end. */
    public static byte[] tellingGif(int width, int height, int frames) {
        byte[] plain = gif(width, height, frames);
        int table = 13 + ((plain[10] & 0x80) == 0 ? 0 : 3 << (plain[10] & 7) + 1);
        byte[] comment = join(new byte[] {0x21, (byte) 0xfe, (byte) SECRET.length()}, SECRET.getBytes(StandardCharsets.US_ASCII), new byte[] {0});
        byte[] xmp = join(new byte[] {0x21, (byte) 0xff, 11}, "XMP DataXMP".getBytes(StandardCharsets.US_ASCII), new byte[] {(byte) SECRET.length()},
            SECRET.getBytes(StandardCharsets.US_ASCII), new byte[] {0});
        return join(Arrays.copyOf(plain, table), comment, xmp, Arrays.copyOfRange(plain, table, plain.length), SECRET.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] gif(int width, int height, int frames) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersBySuffix("gif").next();
        try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.prepareWriteSequence(null);
            for (int frame = 0; frame < frames; frame++) {
                BufferedImage picture = quarters(width, height);
                picture.setRGB(frame % width, 0, 0xffffff);
                IIOMetadata metadata = writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(picture), null);
                IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(metadata.getNativeMetadataFormatName());
                IIOMetadataNode control = (IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0);
                control.setAttribute("delayTime", "10");
                metadata.setFromTree(metadata.getNativeMetadataFormatName(), root);
                writer.writeToSequence(new IIOImage(picture, null, metadata), null);
            }
            writer.endWriteSequence();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** A lossless WebP of one pixel, by hand, in the extended form with EXIF and XMP. */
    public static byte[] tellingWebp(int orientation) {
        byte[] bits = java.util.HexFormat.of().parseHex("2f00000010071011118888fe0700");
        byte[] features = {0x0c, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        byte[] body = join("WEBP".getBytes(StandardCharsets.US_ASCII), riff("VP8X", features), riff("VP8L", bits), riff("EXIF", exif(orientation)),
            riff("XMP ", xmp()), riff("prVt", SECRET.getBytes(StandardCharsets.US_ASCII)));
        return join(riff("RIFF", body), SECRET.getBytes(StandardCharsets.US_ASCII));
    }

    /** The same moving picture twice a frame. */
    public static byte[] movingWebp() {
        byte[] bits = java.util.HexFormat.of().parseHex("2f00000010071011118888fe0700");
        byte[] features = {0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        byte[] frame = riff("ANMF", join(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100, 0, 0, 0}, riff("VP8L", bits)));
        return riff("RIFF", join("WEBP".getBytes(StandardCharsets.US_ASCII), riff("VP8X", features), riff("ANIM", new byte[6]), frame, frame));
    }

    private static byte[] riff(String name, byte[] content) {
        byte[] padding = new byte[content.length & 1];
        return join(name.getBytes(StandardCharsets.US_ASCII), ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(content.length).array(), content, padding);
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    /** Whether the bytes tell something secret or the place. */
    public static boolean tells(byte[] bytes) {
        return contains(bytes, SECRET.getBytes(StandardCharsets.US_ASCII)) || contains(bytes, LATITUDE) || contains(bytes, "GPSLatitude".getBytes(StandardCharsets.US_ASCII))
            || contains(bytes, "54.5282".getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(new String(wanted, StandardCharsets.ISO_8859_1));
    }
}
