package social.dunlin.media.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import social.dunlin.media.picture.Leak.Kind;

/** WebP (RFC 9649): a RIFF of chunks, frames being lists of chunks themselves. */
final class WebpContainer implements Container {
    private static final Set<String> KEPT = Set.of("ICCP", "ANIM", "ANMF", "ALPH", "VP8 ", "VP8L");
    private static final Set<String> BITS = Set.of("VP8 ", "VP8L");
    private static final int FLAG_ANIMATION = 0x02;
    private static final int FLAG_XMP = 0x04;
    private static final int FLAG_EXIF = 0x08;
    private static final int FLAG_ALPHA = 0x10;
    private static final int FRAME_HEADER = 16;
    private static final int MOST_CHUNKS = 20_000;

    private final ByteBuffer bytes;
    private final List<Chunk> chunks;

    /** @param offset of its name; @param length of its content */
    private record Chunk(String type, int offset, int length) {
        int content() {
            return offset + 8;
        }

        /** With name, length and padding. */
        int whole() {
            return 8 + length + (length & 1);
        }
    }

    WebpContainer(ByteBuffer source) {
        bytes = source.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        chunks = chunks(12, (int) Math.min(bytes.limit(), 8 + (bytes.getInt(4) & 0xffffffffL)));
        if (chunks.stream().noneMatch(chunk -> BITS.contains(chunk.type) || chunk.type.equals("ANMF"))) {
            throw new BrokenPicture("no picture in it");
        }
    }

    private List<Chunk> chunks(int from, int to) {
        List<Chunk> found = new ArrayList<>();
        int offset = from;
        while (offset + 8 <= to) {
            Chunk chunk = new Chunk(Container.text(bytes, offset, 4), offset, bytes.getInt(offset + 4));
            if (chunk.length < 0 || (long) chunk.content() + chunk.length > to || found.size() > MOST_CHUNKS) {
                throw new BrokenPicture("bad chunk");
            }
            found.add(chunk);
            offset += Math.min(chunk.whole(), to - offset);
        }
        return found;
    }

    private int number24(int offset) {
        return bytes.getShort(offset) & 0xffff | (bytes.get(offset + 2) & 0xff) << 16;
    }

    private record Size(int width, int height, boolean alpha) {
    }

    private Size size(Chunk bits) {
        if (bits.type.equals("VP8L")) {
            int packed = bytes.getInt(bits.content() + 1);
            return new Size((packed & 0x3fff) + 1, (packed >> 14 & 0x3fff) + 1, (packed & 1 << 28) != 0);
        }
        return new Size(bytes.getShort(bits.content() + 6) & 0x3fff, bytes.getShort(bits.content() + 8) & 0x3fff, false);
    }

    @Override
    public PictureHeader header() {
        Chunk first = chunks.getFirst();
        if (!first.type.equals("VP8X")) {
            Size size = size(first);
            return PictureHeader.still(size.width, size.height, 1, size.alpha, false);
        }
        int width = number24(first.content() + 4) + 1;
        int height = number24(first.content() + 7) + 1;
        int flags = bytes.get(first.content());
        int frames = (int) chunks.stream().filter(chunk -> chunk.type.equals("ANMF")).count();
        for (Chunk bits : chunks) {
            // The canvas is what the header says; bits of another size are a trap for decoders.
            if (BITS.contains(bits.type) && (size(bits).width != width || size(bits).height != height)) {
                throw new BrokenPicture("other size than announced");
            }
        }
        return new PictureHeader(width, height, orientation(), (flags & FLAG_ALPHA) != 0, Math.max(frames, 1),
            (long) width * height * Math.max(frames, 1), chunks.stream().anyMatch(chunk -> chunk.type.equals("ICCP")));
    }

    private int orientation() {
        return chunks.stream().filter(chunk -> chunk.type.equals("EXIF")).findFirst().map(chunk -> exif(chunk).orientation()).orElse(1);
    }

    /** Some programs write JPEG's prefix here too. */
    private Exif exif(Chunk chunk) {
        int prefix = chunk.length > 6 && Container.text(bytes, chunk.content(), 4).equals("Exif") ? 6 : 0;
        return new Exif(Container.slice(bytes, chunk.content() + prefix, chunk.length - prefix));
    }

    @Override
    public List<ByteBuffer> stripped() {
        List<ByteBuffer> parts = new ArrayList<>();
        int orientation = orientation();
        for (Chunk chunk : chunks) {
            if (chunk.type.equals("VP8X")) {
                parts.add(features(chunk, FLAG_XMP | FLAG_EXIF, orientation == 1 ? 0 : FLAG_EXIF));
            } else if (chunk.type.equals("ANMF")) {
                parts.addAll(frame(chunk));
            } else if (KEPT.contains(chunk.type)) {
                parts.add(whole(chunk));
            }
        }
        if (orientation != 1 && chunks.getFirst().type.equals("VP8X")) {
            byte[] only = Exif.only(orientation);
            parts.add(little(8 + only.length).put("EXIF".getBytes(StandardCharsets.ISO_8859_1)).putInt(only.length).put(only).flip());
        }
        return riff(parts);
    }

    private ByteBuffer features(Chunk chunk, int cleared, int set) {
        ByteBuffer copy = little(chunk.whole()).put(0, bytes, chunk.offset, 8 + chunk.length);
        return copy.put(8, (byte) (bytes.get(chunk.content()) & ~cleared | set));
    }

    private List<ByteBuffer> frame(Chunk frame) {
        List<ByteBuffer> parts = new ArrayList<>();
        bits(frame).forEach(chunk -> parts.add(whole(chunk)));
        int length = FRAME_HEADER + parts.stream().mapToInt(ByteBuffer::remaining).sum();
        parts.addFirst(little(8 + FRAME_HEADER).put("ANMF".getBytes(StandardCharsets.ISO_8859_1)).putInt(length)
            .put(8, bytes, frame.content(), FRAME_HEADER).rewind());
        return parts;
    }

    private List<Chunk> bits(Chunk frame) {
        return chunks(frame.content() + FRAME_HEADER, frame.content() + frame.length).stream()
            .filter(chunk -> chunk.type.equals("ALPH") || BITS.contains(chunk.type)).toList();
    }

    /** A last chunk may lack its padding. */
    private ByteBuffer whole(Chunk chunk) {
        if (chunk.offset + chunk.whole() <= bytes.limit()) {
            return Container.slice(bytes, chunk.offset, chunk.whole());
        }
        return little(chunk.whole()).put(0, bytes, chunk.offset, 8 + chunk.length);
    }

    @Override
    public List<ByteBuffer> still() {
        Chunk first = chunks.stream().filter(chunk -> chunk.type.equals("ANMF")).findFirst().orElse(null);
        if (first == null) {
            return stripped();
        }
        List<ByteBuffer> parts = new ArrayList<>();
        Chunk features = chunks.getFirst();
        // The picture is as large as its first frame, which need not fill the canvas.
        parts.add(features(features, FLAG_XMP | FLAG_EXIF | FLAG_ANIMATION, 0).put(12, bytes, first.content() + 6, 6));
        chunks.stream().filter(chunk -> chunk.type.equals("ICCP")).forEach(chunk -> parts.add(whole(chunk)));
        bits(first).forEach(chunk -> parts.add(whole(chunk)));
        return riff(parts);
    }

    private static List<ByteBuffer> riff(List<ByteBuffer> parts) {
        int length = 4 + parts.stream().mapToInt(ByteBuffer::remaining).sum();
        List<ByteBuffer> all = new ArrayList<>(parts);
        all.addFirst(little(12).put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(length).put("WEBP".getBytes(StandardCharsets.ISO_8859_1)).flip());
        return all;
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public List<Leak> leaks() {
        List<Leak> found = new ArrayList<>();
        for (Chunk chunk : chunks) {
            switch (chunk.type) {
                case "EXIF" -> found.addAll(exif(chunk).leaks());
                case "XMP " -> found.addAll(Xmp.leaks(Container.text(bytes, chunk.content(), chunk.length)));
                case String type when KEPT.contains(type) || type.equals("VP8X") -> { }
                default -> found.add(new Leak(Kind.OTHER, ""));
            }
        }
        return found;
    }
}
