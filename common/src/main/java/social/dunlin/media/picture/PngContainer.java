package social.dunlin.media.picture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import social.dunlin.media.picture.Leak.Kind;

/** PNG, moving or not (W3C PNG third edition): chunks up to the last. */
final class PngContainer implements Container {
    private static final Set<String> KEPT = Set.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs",
        "cICP", "mDCV", "cLLI");
    private static final Set<String> OF_ANIMATIONS = Set.of("acTL", "fcTL", "fdAT");
    private static final int SIGNATURE = 8;
    private static final int OVERHEAD = 12;
    private static final int MOST_CHUNKS = 200_000;

    private final ByteBuffer bytes;
    private final List<Chunk> chunks = new ArrayList<>();
    private final int end;

    /** @param offset of its length field; @param length of its content */
    private record Chunk(String type, int offset, int length) {
        int content() {
            return offset + 8;
        }
    }

    PngContainer(ByteBuffer bytes) {
        this.bytes = bytes;
        int offset = SIGNATURE;
        do {
            int length = bytes.getInt(offset);
            Container.slice(bytes, offset, (long) Math.max(length, 0) + OVERHEAD);
            Chunk chunk = new Chunk(Container.text(bytes, offset + 4, 4), offset, length);
            if (length < 0 || chunks.size() > MOST_CHUNKS || chunks.isEmpty() != chunk.type.equals("IHDR") || !isWhole(chunk)) {
                throw new BrokenPicture("bad chunk");
            }
            chunks.add(chunk);
            offset += length + OVERHEAD;
        } while (!chunks.getLast().type.equals("IEND"));
        end = offset;
        if (chunks.stream().noneMatch(chunk -> chunk.type.equals("IDAT"))) {
            throw new BrokenPicture("no picture in it");
        }
    }

    private boolean isWhole(Chunk chunk) {
        CRC32 sum = new CRC32();
        sum.update(bytes.slice(chunk.offset + 4, chunk.length + 4));
        return (int) sum.getValue() == bytes.getInt(chunk.content() + chunk.length);
    }

    @Override
    public PictureHeader header() {
        int content = chunks.getFirst().content();
        int width = bytes.getInt(content);
        int height = bytes.getInt(content + 4);
        int colours = bytes.get(content + 9);
        boolean transparent = colours == 4 || colours == 6 || chunks.stream().anyMatch(chunk -> chunk.type.equals("tRNS"));
        int frames = (int) chunks.stream().filter(chunk -> chunk.type.equals("fcTL")).count();
        long pixels = chunks.stream().filter(chunk -> chunk.type.equals("fcTL") && chunk.length >= 12)
            .mapToLong(chunk -> Math.multiplyExact((long) bytes.getInt(chunk.content() + 4), bytes.getInt(chunk.content() + 8))).sum();
        boolean animated = frames > 1 && chunks.stream().anyMatch(chunk -> chunk.type.equals("acTL"));
        return new PictureHeader(width, height, orientation(), transparent, animated ? frames : 1, animated ? pixels : (long) width * height,
            chunks.stream().anyMatch(chunk -> chunk.type.equals("iCCP")));
    }

    private int orientation() {
        return chunks.stream().filter(chunk -> chunk.type.equals("eXIf")).findFirst()
            .map(chunk -> new Exif(Container.slice(bytes, chunk.content(), chunk.length)).orientation()).orElse(1);
    }

    @Override
    public List<ByteBuffer> stripped() {
        return parts(true);
    }

    @Override
    public List<ByteBuffer> still() {
        return parts(false);
    }

    private List<ByteBuffer> parts(boolean moving) {
        List<ByteBuffer> parts = new ArrayList<>();
        parts.add(Container.slice(bytes, 0, SIGNATURE));
        int orientation = orientation();
        for (Chunk chunk : chunks) {
            if (KEPT.contains(chunk.type) || moving && OF_ANIMATIONS.contains(chunk.type)) {
                parts.add(Container.slice(bytes, chunk.offset, chunk.length + OVERHEAD));
            }
            if (chunk.type.equals("IHDR") && orientation != 1) {
                parts.add(exif(orientation));
            }
        }
        return parts;
    }

    private static ByteBuffer exif(int orientation) {
        byte[] only = Exif.only(orientation);
        ByteBuffer chunk = ByteBuffer.allocate(only.length + OVERHEAD).putInt(only.length).put("eXIf".getBytes(StandardCharsets.ISO_8859_1)).put(only);
        CRC32 sum = new CRC32();
        sum.update(chunk.array(), 4, only.length + 4);
        return chunk.putInt((int) sum.getValue()).flip();
    }

    @Override
    public List<Leak> leaks() {
        List<Leak> found = new ArrayList<>();
        for (Chunk chunk : chunks) {
            String text = Container.text(bytes, chunk.content(), Math.min(chunk.length, 4000));
            switch (chunk.type) {
                case "eXIf" -> found.addAll(new Exif(Container.slice(bytes, chunk.content(), chunk.length)).leaks());
                case "iTXt" -> found.addAll(text.contains("adobe.xmp") ? Xmp.leaks(text) : List.of(new Leak(Kind.TEXT, text.replace('\0', ' '))));
                case "tEXt" -> found.add(new Leak(Kind.TEXT, text.replace('\0', ' ')));
                case "zTXt" -> found.add(new Leak(Kind.TEXT, text.substring(0, Math.max(0, text.indexOf(0)))));
                case "tIME" -> found.add(new Leak(Kind.TIME, ""));
                default -> { }
            }
        }
        if (end < bytes.limit()) {
            found.add(new Leak(Kind.OTHER, "+ %d kB".formatted(bytes.limit() - end >> 10)));
        }
        return found;
    }
}
