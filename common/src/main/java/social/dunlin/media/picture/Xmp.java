package social.dunlin.media.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import social.dunlin.media.picture.Leak.Kind;

/** Adobe's metadata: XML of which only the presence of telling words is looked at, never parsed. */
final class Xmp {
    private static final Pattern PLACE = Pattern.compile("GPSLatitude(?:>|=\")([^<\"]{1,40})");
    private static final Pattern TIME = Pattern.compile("(?:CreateDate|DateTimeOriginal)(?:>|=\")([^<\"]{1,40})");
    private static final Pattern SOFTWARE = Pattern.compile("CreatorTool(?:>|=\")([^<\"]{1,80})");

    private Xmp() {
    }

    static List<Leak> leaks(String text) {
        List<Leak> found = new ArrayList<>();
        find(PLACE, text, Kind.PLACE, found);
        find(TIME, text, Kind.TIME, found);
        find(SOFTWARE, text, Kind.SOFTWARE, found);
        if (text.contains("dc:creator") || text.contains("dc:rights")) {
            found.add(new Leak(Kind.PERSON, ""));
        }
        if (found.isEmpty()) {
            found.add(new Leak(Kind.OTHER, "XMP"));
        }
        return found;
    }

    private static void find(Pattern pattern, String text, Kind kind, List<Leak> found) {
        Matcher matcher = pattern.matcher(text);
        if (matcher.find()) {
            found.add(new Leak(kind, matcher.group(1)));
        }
    }
}
