package social.dunlin.api.web;

import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import social.dunlin.api.entity.ApiTime;

/**
 * A point in time as a page shows it. Without JavaScript the reader's zone is unknown, so it is said in UTC.
 *
 * @param machine for {@code datetime}
 * @param day     date alone
 * @param full    date and time with the zone
 */
@TemplateData
public record Moment(String machine, String day, String full) {
    static Moment of(Instant time, Locale locale) {
        if (time == null) {
            return null;
        }
        var utc = time.atZone(ZoneOffset.UTC);
        String day = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale).format(utc);
        return new Moment(ApiTime.of(time), day, day + ", " + DateTimeFormatter.ofPattern("HH:mm").format(utc) + " UTC");
    }

    /** From the API's form. */
    static Moment of(String time, Locale locale) {
        return time == null ? null : of(Instant.parse(time), locale);
    }
}
