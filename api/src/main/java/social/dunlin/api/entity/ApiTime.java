package social.dunlin.api.entity;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Times as Mastodon writes them: UTC, always three decimals (reference: behaviours §5). */
public final class ApiTime {
    private static final DateTimeFormatter MILLISECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+00:00'").withZone(ZoneOffset.UTC);

    private ApiTime() {
    }

    /** {@code 2025-01-02T03:04:05.678Z}; null stays null. */
    public static String of(Instant time) {
        return time == null ? null : MILLISECONDS.format(time);
    }

    /** The day at midnight, for times that are coarse on purpose. */
    public static String midnightOf(Instant time) {
        return of(time.truncatedTo(ChronoUnit.DAYS));
    }

    /** {@code 2025-01-02}; null stays null. */
    public static String dateOf(Instant time) {
        return time == null ? null : LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
    }

    /** {@code 2025-01-02T03:04:05.678+00:00}: only {@code Field.verified_at} is written so. */
    static String withOffset(Instant time) {
        return time == null ? null : OFFSET.format(time);
    }
}
