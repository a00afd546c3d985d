package social.dunlin.media.picture;

/**
 * Something that a file tells besides its picture.
 *
 * @param kind  what it is about
 * @param value as found, shortened; "" when only its presence is known
 */
public record Leak(Kind kind, String value) {
    private static final int LONGEST = 120;

    /** In the order in which people should worry. */
    public enum Kind {
        PLACE, TIME, DEVICE, SERIAL_NUMBER, PERSON, TEXT, SOFTWARE, THUMBNAIL, OTHER
    }

    public Leak {
        String printable = value.replaceAll("\\p{Cntrl}", " ").strip();
        value = printable.length() > LONGEST ? printable.substring(0, LONGEST) + "…" : printable;
    }
}
