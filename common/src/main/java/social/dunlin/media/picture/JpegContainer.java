package social.dunlin.media.picture;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import social.dunlin.media.picture.Leak.Kind;

/** JPEG (ITU-T T.81): marker segments up to the end of the image; what follows it is nobody's picture. */
final class JpegContainer implements Container {
    private static final int START_OF_IMAGE = 0xd8;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int APPLICATION_0 = 0xe0;
    private static final int APPLICATION_1 = 0xe1;
    private static final int APPLICATION_2 = 0xe2;
    private static final int APPLICATION_13 = 0xed;
    private static final int APPLICATION_14 = 0xee;
    private static final int APPLICATION_15 = 0xef;
    private static final int COMMENT = 0xfe;
    private static final String EXIF = "Exif\0\0";
    private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
    private static final int MOST_SEGMENTS = 5_000;
    /** Progressive pictures have about ten; each costs a walk over all blocks. */
    private static final int MOST_SCANS = 200;

    private final ByteBuffer bytes;
    private final List<Segment> segments;
    private final int end;

    /** @param offset of the marker; @param length with it; a scan has its data in it */
    private record Segment(int marker, int offset, int length) {
        int content() {
            return offset + 4;
        }
    }

    JpegContainer(ByteBuffer bytes) {
        this.bytes = bytes;
        this.segments = new ArrayList<>();
        this.end = walk();
    }

    private int walk() {
        int offset = 2;
        int scans = 0;
        if (bytes.getShort(0) != (short) (0xff00 | START_OF_IMAGE)) {
            throw new BrokenPicture("no JPEG");
        }
        while (true) {
            if (unsigned(offset) != 0xff || segments.size() > MOST_SEGMENTS) {
                throw new BrokenPicture("no marker where one has to be");
            }
            int marker = unsigned(offset + 1);
            if (marker == 0xff) {
                offset++;
            } else if (marker == END_OF_IMAGE) {
                if (scans == 0) {
                    throw new BrokenPicture("no picture in it");
                }
                return offset + 2;
            } else if (marker == 0x01 || marker >= 0xd0 && marker <= 0xd7) {
                offset += 2;
            } else {
                int length = 2 + (bytes.getShort(offset + 2) & 0xffff);
                if (length < 4) {
                    throw new BrokenPicture("segment without length");
                }
                if (marker == START_OF_SCAN) {
                    length = afterScan(offset + length) - offset;
                    if (++scans > MOST_SCANS) {
                        throw new BrokenPicture("too many scans");
                    }
                }
                Container.slice(bytes, offset, length);
                segments.add(new Segment(marker, offset, length));
                offset += length;
            }
        }
    }

    /** Compressed data ends at the first marker that is neither a restart nor a stuffed zero. */
    private int afterScan(int from) {
        int offset = from;
        while (true) {
            if (unsigned(offset) == 0xff) {
                int next = unsigned(offset + 1);
                if (next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7)) {
                    return offset;
                }
            }
            offset++;
        }
    }

    private int unsigned(int offset) {
        return bytes.get(offset) & 0xff;
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private boolean begins(Segment segment, String text) {
        return segment.length >= 4 + text.length() && Container.text(bytes, segment.content(), text.length()).equals(text);
    }

    @Override
    public PictureHeader header() {
        Segment frame = segments.stream().filter(segment -> isFrame(segment.marker)).findFirst().orElseThrow(() -> new BrokenPicture("no frame"));
        return PictureHeader.still(bytes.getShort(frame.content() + 3) & 0xffff, bytes.getShort(frame.content() + 1) & 0xffff, orientation(), false,
            segments.stream().anyMatch(segment -> segment.marker == APPLICATION_2 && isKept(segment)));
    }

    private int orientation() {
        return segments.stream().filter(segment -> segment.marker == APPLICATION_1 && begins(segment, EXIF)).findFirst()
            .map(segment -> exif(segment).orientation()).orElse(1);
    }

    private Exif exif(Segment segment) {
        return new Exif(Container.slice(bytes, segment.content() + EXIF.length(), segment.length - 4 - EXIF.length()));
    }

    @Override
    public List<ByteBuffer> stripped() {
        List<ByteBuffer> parts = new ArrayList<>();
        parts.add(Container.slice(bytes, 0, 2));
        int orientation = orientation();
        if (segments.stream().noneMatch(segment -> segment.marker == APPLICATION_0 && begins(segment, "JFIF\0"))) {
            addOrientation(orientation, parts);
        }
        for (Segment segment : segments) {
            if (segment.marker == APPLICATION_0 && begins(segment, "JFIF\0") && segment.length >= 18) {
                // Its own thumbnail is left out: marker, length, name, version and density are 16 bytes.
                parts.add(ByteBuffer.allocate(18).put(new byte[] {(byte) 0xff, (byte) APPLICATION_0, 0, 16}).put(4, bytes, segment.content(), 12).rewind());
                addOrientation(orientation, parts);
                orientation = 1;
            } else if (isKept(segment)) {
                parts.add(Container.slice(bytes, segment.offset, segment.length));
            }
        }
        parts.add(Container.slice(bytes, end - 2, 2));
        return parts;
    }

    private static void addOrientation(int orientation, List<ByteBuffer> parts) {
        if (orientation != 1) {
            byte[] only = Exif.only(orientation);
            ByteBuffer segment = ByteBuffer.allocate(10 + only.length).put((byte) 0xff).put((byte) APPLICATION_1).putShort((short) (8 + only.length));
            parts.add(segment.put(EXIF.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)).put(only).flip());
        }
    }

    /** Colour profiles and Adobe's word on the colour space are needed to show the picture right. */
    private boolean isKept(Segment segment) {
        return switch (segment.marker) {
            case APPLICATION_2 -> begins(segment, "ICC_PROFILE\0");
            case APPLICATION_14 -> begins(segment, "Adobe");
            case COMMENT -> false;
            default -> segment.marker < APPLICATION_0 || segment.marker > APPLICATION_15 && segment.marker < 0xf0;
        };
    }

    @Override
    public List<ByteBuffer> still() {
        return stripped();
    }

    @Override
    public List<Leak> leaks() {
        List<Leak> found = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.marker == APPLICATION_1 && begins(segment, EXIF)) {
                found.addAll(exif(segment).leaks());
            } else if (segment.marker == APPLICATION_1 && begins(segment, XMP)) {
                found.addAll(Xmp.leaks(Container.text(bytes, segment.content(), segment.length - 4)));
            } else if (segment.marker == APPLICATION_13) {
                found.add(new Leak(Kind.OTHER, "IPTC"));
            } else if (segment.marker == COMMENT) {
                found.add(new Leak(Kind.TEXT, Container.text(bytes, segment.content(), segment.length - 4)));
            }
        }
        if (end < bytes.limit()) {
            found.add(new Leak(Kind.OTHER, "+ %d kB".formatted(bytes.limit() - end >> 10)));
        }
        return found;
    }
}
