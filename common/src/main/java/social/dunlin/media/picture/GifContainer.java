package social.dunlin.media.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import social.dunlin.media.picture.Leak.Kind;

/** GIF (version 89a): blocks up to the trailer. */
final class GifContainer implements Container {
    private static final int IMAGE = 0x2c;
    private static final int EXTENSION = 0x21;
    private static final int TRAILER = 0x3b;
    private static final int GRAPHIC_CONTROL = 0xf9;
    private static final int APPLICATION = 0xff;
    private static final int COMMENT = 0xfe;
    private static final int HEADER = 13;
    private static final int MOST_BLOCKS = 50_000;

    private final ByteBuffer bytes;
    private final List<Block> blocks = new ArrayList<>();
    private final int beginning;
    private final int end;

    /** @param kind the image separator, or the label of an extension */
    private record Block(int kind, int offset, int length) {
    }

    GifContainer(ByteBuffer source) {
        bytes = source.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        beginning = HEADER + colourTable(bytes.get(10));
        int offset = beginning;
        while (unsigned(offset) != TRAILER) {
            int start = offset;
            int kind = unsigned(offset);
            if (kind == IMAGE) {
                offset = afterSubBlocks(offset + 10 + colourTable(bytes.get(offset + 9)) + 1);
            } else if (kind == EXTENSION) {
                kind = unsigned(offset + 1);
                offset = afterSubBlocks(offset + 2);
            } else {
                throw new BrokenPicture("unknown block");
            }
            blocks.add(new Block(kind, start, offset - start));
            if (blocks.size() > MOST_BLOCKS) {
                throw new BrokenPicture("too many blocks");
            }
        }
        end = offset + 1;
        if (blocks.stream().noneMatch(block -> block.kind == IMAGE)) {
            throw new BrokenPicture("no picture in it");
        }
    }

    private static int colourTable(byte packed) {
        return (packed & 0x80) == 0 ? 0 : 3 << (packed & 7) + 1;
    }

    private int afterSubBlocks(int from) {
        int offset = from;
        while (unsigned(offset) != 0) {
            offset += 1 + unsigned(offset);
        }
        return offset + 1;
    }

    private int unsigned(int offset) {
        return bytes.get(offset) & 0xff;
    }

    @Override
    public PictureHeader header() {
        int width = bytes.getShort(6) & 0xffff;
        int height = bytes.getShort(8) & 0xffff;
        List<Block> images = blocks.stream().filter(block -> block.kind == IMAGE).toList();
        // What is decoded for each frame is the whole canvas.
        boolean transparent = blocks.stream().anyMatch(block -> block.kind == GRAPHIC_CONTROL && block.length >= 8 && (bytes.get(block.offset + 3) & 1) != 0);
        return new PictureHeader(width, height, 1, transparent, images.size(), (long) width * height * images.size(), false);
    }

    @Override
    public List<ByteBuffer> stripped() {
        return parts(Integer.MAX_VALUE);
    }

    @Override
    public List<ByteBuffer> still() {
        return parts(1);
    }

    private List<ByteBuffer> parts(int frames) {
        List<ByteBuffer> parts = new ArrayList<>();
        parts.add(Container.slice(bytes, 0, beginning));
        int written = 0;
        for (Block block : blocks) {
            if (written < frames && isKept(block)) {
                parts.add(Container.slice(bytes, block.offset, block.length));
                written += block.kind == IMAGE ? 1 : 0;
            }
        }
        parts.add(ByteBuffer.wrap(new byte[] {TRAILER}));
        return parts;
    }

    /** Of applications' extensions only the one that says how often it repeats. */
    private boolean isKept(Block block) {
        return block.kind == IMAGE || block.kind == GRAPHIC_CONTROL || isRepetition(block);
    }

    private boolean isRepetition(Block block) {
        return block.kind == APPLICATION && block.length == 19 && Container.text(bytes, block.offset + 3, 11).matches("NETSCAPE2.0|ANIMEXTS1.0");
    }

    @Override
    public List<Leak> leaks() {
        List<Leak> found = new ArrayList<>();
        for (Block block : blocks) {
            if (block.kind == COMMENT) {
                found.add(new Leak(Kind.TEXT, Container.text(bytes, block.offset + 3, block.length - 4)));
            } else if (block.kind == APPLICATION && !isRepetition(block)) {
                String text = Container.text(bytes, block.offset, block.length);
                found.addAll(text.contains("XMP DataXMP") ? Xmp.leaks(text) : List.of(new Leak(Kind.OTHER, "")));
            }
        }
        if (end < bytes.limit()) {
            found.add(new Leak(Kind.OTHER, "+ %d kB".formatted(bytes.limit() - end >> 10)));
        }
        return found;
    }
}
