package social.dunlin.activitypub;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates of the fediverse: read leniently, written as {@code YYYY-MM-DDThh:mm:ssZ}. */
public final class Dates {
    private static final Pattern FORM = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})[Tt ](\\d{2}:\\d{2})(:\\d{2})?([.,]\\d{1,18})?\\s?([Zz]|[+-]\\d{2}(?::?\\d{2})?)?");
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private Dates() {
    }

    /**
     * Seconds may be missing, fractions of any length are cut to microseconds, offsets come with and without colon, and
     * none means UTC. Null for anything else and for years a database or client could stumble over.
     */
    public static Instant parse(String text) {
        if (text.length() > 64) {
            return null;
        }
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return null;
        }
        String seconds = form.group(3) == null ? ":00" : form.group(3);
        String fraction = form.group(4) == null ? "" : "." + form.group(4).substring(1, Math.min(10, form.group(4).length()));
        try {
            Instant instant = OffsetDateTime.parse(form.group(1) + "T" + form.group(2) + seconds + fraction
                    + offset(form.group(5))).toInstant().truncatedTo(ChronoUnit.MICROS);
            return instant.isBefore(EARLIEST) || instant.isAfter(LATEST) ? null : instant;
        } catch (DateTimeException impossible) {
            return null;
        }
    }

    private static String offset(String written) {
        if (written == null || written.equalsIgnoreCase("Z")) {
            return "Z";
        }
        String digits = written.substring(1).replace(":", "");
        return written.charAt(0) + digits.substring(0, 2) + ":" + (digits.length() == 4 ? digits.substring(2) : "00");
    }

    public static String write(Instant instant) {
        return DateTimeFormatter.ISO_INSTANT.format(instant.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS));
    }
}
