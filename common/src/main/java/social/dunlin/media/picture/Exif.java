package social.dunlin.media.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import social.dunlin.media.picture.Leak.Kind;

/** The TIFF structure in which cameras write down what they know (EXIF 2.32): read with distrust, written with one entry. */
final class Exif {
    private static final int ORIENTATION = 0x112;
    private static final int EXIF_DIRECTORY = 0x8769;
    private static final int GPS_DIRECTORY = 0x8825;
    private static final int MAKER_NOTE = 0x927c;
    private static final int ASCII = 2;
    private static final int SHORT = 3;
    private static final int RATIONAL = 5;
    private static final int MOST_ENTRIES = 500;
    private static final int LONGEST_TEXT = 400;
    private static final Map<Integer, Kind> TAGS = Map.ofEntries(
        Map.entry(0x10e, Kind.TEXT), Map.entry(0x9286, Kind.TEXT), Map.entry(0x9c9b, Kind.TEXT), Map.entry(0x9c9c, Kind.TEXT),
        Map.entry(0x9c9e, Kind.TEXT), Map.entry(0x9c9f, Kind.TEXT), Map.entry(0x10f, Kind.DEVICE), Map.entry(0x110, Kind.DEVICE),
        Map.entry(0xa434, Kind.DEVICE), Map.entry(0x131, Kind.SOFTWARE), Map.entry(0x132, Kind.TIME), Map.entry(0x9003, Kind.TIME),
        Map.entry(0x9004, Kind.TIME), Map.entry(0x13b, Kind.PERSON), Map.entry(0x8298, Kind.PERSON), Map.entry(0xa430, Kind.PERSON),
        Map.entry(0x9c9d, Kind.PERSON), Map.entry(0xa431, Kind.SERIAL_NUMBER), Map.entry(0xa435, Kind.SERIAL_NUMBER),
        Map.entry(0xa420, Kind.SERIAL_NUMBER), Map.entry(MAKER_NOTE, Kind.OTHER));

    private final ByteBuffer bytes;

    /** @param bytes from the byte order mark on */
    Exif(ByteBuffer bytes) {
        this.bytes = bytes.slice();
        this.bytes.order(bytes.remaining() > 1 && this.bytes.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    }

    private record Entry(int tag, int type, int count, int offset) {
    }

    /** 1, upright, when nothing else is said. */
    int orientation() {
        try {
            return entries(first()).stream().filter(entry -> entry.tag == ORIENTATION && entry.type == SHORT)
                .mapToInt(entry -> bytes.getShort(entry.offset) & 0xffff).filter(value -> value >= 1 && value <= 8).findFirst().orElse(1);
        } catch (RuntimeException broken) {
            return 1;
        }
    }

    List<Leak> leaks() {
        List<Leak> found = new ArrayList<>();
        try {
            Set<Integer> seen = new HashSet<>();
            collect(first(), seen, found);
            int second = bytes.getInt(first() + 2 + 12 * (bytes.getShort(first()) & 0xffff));
            if (second != 0) {
                found.add(new Leak(Kind.THUMBNAIL, ""));
            }
        } catch (RuntimeException broken) {
            found.add(new Leak(Kind.OTHER, "EXIF"));
        }
        return found;
    }

    private void collect(int directory, Set<Integer> seen, List<Leak> found) {
        if (!seen.add(directory)) {
            return;
        }
        for (Entry entry : entries(directory)) {
            if (entry.tag == EXIF_DIRECTORY) {
                collect(bytes.getInt(entry.offset), seen, found);
            } else if (entry.tag == GPS_DIRECTORY) {
                found.add(new Leak(Kind.PLACE, place(entries(bytes.getInt(entry.offset)))));
            } else if (TAGS.containsKey(entry.tag)) {
                String value = entry.type == ASCII ? ascii(entry) : "";
                if (entry.type != ASCII || !value.isBlank()) {
                    found.add(new Leak(TAGS.get(entry.tag), value));
                }
            }
        }
    }

    /** Degrees as people write them, "" when the entries make no sense. */
    private String place(List<Entry> gps) {
        String latitude = degrees(gps, 2, 1);
        String longitude = degrees(gps, 4, 3);
        return latitude.isEmpty() || longitude.isEmpty() ? "" : latitude + " " + longitude;
    }

    private String degrees(List<Entry> gps, int tag, int referenceTag) {
        return gps.stream().filter(entry -> entry.tag == tag && entry.type == RATIONAL && entry.count == 3).findFirst()
            .map(entry -> "%.4f%s".formatted(rational(entry.offset) + rational(entry.offset + 8) / 60 + rational(entry.offset + 16) / 3600,
                gps.stream().filter(other -> other.tag == referenceTag).findFirst().map(this::ascii).orElse("")))
            .orElse("");
    }

    private double rational(int offset) {
        long divisor = bytes.getInt(offset + 4) & 0xffffffffL;
        return divisor == 0 ? 0 : (double) (bytes.getInt(offset) & 0xffffffffL) / divisor;
    }

    private String ascii(Entry entry) {
        String text = Container.text(bytes, entry.offset, Math.min(entry.count, LONGEST_TEXT));
        int end = text.indexOf(0);
        return (end < 0 ? text : text.substring(0, end)).strip();
    }

    private int first() {
        return bytes.getInt(4);
    }

    private List<Entry> entries(int directory) {
        int count = Math.min(bytes.getShort(directory) & 0xffff, MOST_ENTRIES);
        List<Entry> entries = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            int offset = directory + 2 + 12 * index;
            int type = bytes.getShort(offset + 2) & 0xffff;
            int values = bytes.getInt(offset + 4);
            int size = switch (type) {
                case SHORT -> 2;
                case 4, 9 -> 4;
                case RATIONAL, 10 -> 8;
                default -> 1;
            };
            boolean within = values >= 0 && (long) values * size <= 4;
            entries.add(new Entry(bytes.getShort(offset) & 0xffff, type, Math.max(values, 0), within ? offset + 8 : bytes.getInt(offset + 8)));
        }
        return entries;
    }

    /** A structure that says how the picture is turned, and nothing else. */
    static byte[] only(int orientation) {
        return ByteBuffer.allocate(26).put(new byte[] {'M', 'M', 0, 42}).putInt(8)
            .putShort((short) 1).putShort((short) ORIENTATION).putShort((short) SHORT).putInt(1).putShort((short) orientation).putShort((short) 0)
            .putInt(0).array();
    }
}
