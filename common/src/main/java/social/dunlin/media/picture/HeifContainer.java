package social.dunlin.media.picture;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import social.dunlin.media.picture.Leak.Kind;

/** HEIC and AVIF (ISO/IEC 23008-12): boxes of which only the sizes of pictures are read. They are always made anew, never rewritten. */
final class HeifContainer implements Container {
    private static final int MOST_BOXES = 10_000;

    private final ByteBuffer bytes;
    private int boxes;
    private boolean profile;

    HeifContainer(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    private record Size(int width, int height) {
        long pixels() {
            return (long) width * height;
        }
    }

    /** The largest picture in it: a grid says its whole size, its tiles theirs. */
    @Override
    public PictureHeader header() {
        List<Size> sizes = new ArrayList<>();
        collect(0, bytes.limit(), 0, sizes);
        Size largest = sizes.stream().max(java.util.Comparator.comparingLong(Size::pixels)).orElseThrow(() -> new BrokenPicture("no size"));
        return PictureHeader.still(largest.width, largest.height, 1, false, profile);
    }

    private void collect(int from, int to, int depth, List<Size> sizes) {
        int offset = from;
        while (offset + 8 <= to) {
            long length = bytes.getInt(offset) & 0xffffffffL;
            String type = Container.text(bytes, offset + 4, 4);
            if (length == 0) {
                length = to - offset;
            } else if (length == 1) {
                length = bytes.getLong(offset + 8);
            }
            if (length < 8 || length > to - offset || ++boxes > MOST_BOXES) {
                throw new BrokenPicture("bad box");
            }
            int end = (int) (offset + length);
            switch (type) {
                case "meta" -> collect(offset + 12, end, depth + 1, sizes);
                case "iprp", "ipco" -> collect(offset + 8, end, depth + 1, sizes);
                case "ispe" -> sizes.add(new Size(Math.max(0, bytes.getInt(offset + 12)), Math.max(0, bytes.getInt(offset + 16))));
                case "colr" -> profile |= Container.text(bytes, offset + 8, 4).matches("prof|rICC");
                default -> { }
            }
            offset = end;
        }
    }

    @Override
    public List<ByteBuffer> stripped() {
        throw new IllegalStateException("made anew instead");
    }

    @Override
    public List<ByteBuffer> still() {
        throw new IllegalStateException("made anew instead");
    }

    /** Phones always write them; they are never kept. */
    @Override
    public List<Leak> leaks() {
        return List.of(new Leak(Kind.OTHER, "EXIF"));
    }
}
