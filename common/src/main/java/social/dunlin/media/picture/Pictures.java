package social.dunlin.media.picture;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import social.dunlin.media.MediaFormat;

/** What can be done with a picture's file without decoding it. Files are mapped, not read into memory. */
public final class Pictures {
    /** Those whose containers can be rewritten. */
    public static final Set<MediaFormat> STRIPPABLE = Set.of(MediaFormat.JPEG, MediaFormat.PNG, MediaFormat.GIF, MediaFormat.WEBP);

    private Pictures() {
    }

    /** @throws BrokenPicture when there is no sense in it */
    public static PictureHeader header(Path file, MediaFormat format) throws IOException {
        PictureHeader header = read(file, bytes -> container(format, bytes).header());
        if (header.width() <= 0 || header.height() <= 0) {
            throw new BrokenPicture("no size");
        }
        return header;
    }

    /** Writes the same picture without what it tells about people: colours and how it is turned stay. Lossless. */
    public static void strip(Path file, MediaFormat format, Path target) throws IOException {
        write(file, target, bytes -> container(format, bytes).stripped());
    }

    /** Writes the first frame of an animation as a picture of its own, stripped. */
    public static void still(Path file, MediaFormat format, Path target) throws IOException {
        write(file, target, bytes -> container(format, bytes).still());
    }

    /** What the file tells besides the picture, for people to see before they publish it. */
    public static List<Leak> leaks(Path file, MediaFormat format) throws IOException {
        return read(file, bytes -> container(format, bytes).leaks());
    }

    private static Container container(MediaFormat format, ByteBuffer bytes) {
        return switch (format) {
            case JPEG -> new JpegContainer(bytes);
            case PNG -> new PngContainer(bytes);
            case GIF -> new GifContainer(bytes);
            case WEBP -> new WebpContainer(bytes);
            case AVIF, HEIC -> new HeifContainer(bytes);
            case MP4, QUICKTIME, WEBM, MP3, OGG, FLAC, WAV, M4A, AAC -> throw new IllegalArgumentException(format + " is no picture");
        };
    }

    private static <T> T read(Path file, Function<ByteBuffer, T> reading) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return checked(() -> reading.apply(mapped(channel)));
        }
    }

    private static void write(Path file, Path target, Function<ByteBuffer, List<ByteBuffer>> cutting) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
             FileChannel output = FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = mapped(channel);
            for (ByteBuffer part : checked(() -> cutting.apply(bytes))) {
                while (part.hasRemaining()) {
                    output.write(part);
                }
            }
        }
    }

    private static ByteBuffer mapped(FileChannel channel) {
        try {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    /** Whatever a hostile file makes a reader stumble over is the file's fault. */
    private static <T> T checked(java.util.function.Supplier<T> reading) {
        try {
            return reading.get();
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException cutOff) {
            throw new BrokenPicture("cut off or inconsistent");
        }
    }
}
