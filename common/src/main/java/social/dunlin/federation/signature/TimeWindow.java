package social.dunlin.federation.signature;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import social.dunlin.federation.signature.VerificationOutcome.Reason;

/**
 * How long a signature counts: Mastodon's window, which is the widest of those in use. One hour of clock skew both ways;
 * a life of five minutes unless {@code expires} says otherwise, twelve hours at most.
 */
final class TimeWindow {
    private static final Duration SKEW = Duration.ofHours(1);
    private static final Duration USUAL_LIFE = Duration.ofMinutes(5);
    private static final Duration LONGEST_LIFE = Duration.ofHours(12);

    private TimeWindow() {
    }

    static void require(Instant now, Instant created, Optional<Instant> expires) {
        Instant wanted = expires.orElse(created.plus(USUAL_LIFE));
        Instant longest = created.plus(LONGEST_LIFE);
        Instant end = wanted.isBefore(longest) ? wanted : longest;
        if (created.isAfter(now.plus(SKEW))) {
            throw new SignatureRefusal(Reason.OUTSIDE_TIME_WINDOW, "signature made in the future; check the clocks");
        }
        if (now.isAfter(end.plus(SKEW))) {
            throw new SignatureRefusal(Reason.OUTSIDE_TIME_WINDOW, "signature too old; check the clocks");
        }
    }

    static Instant parseSeconds(String text) {
        try {
            // A fraction is allowed by the draft and of no use to anyone.
            int point = text.indexOf('.');
            return Instant.ofEpochSecond(Long.parseLong(point < 0 ? text : text.substring(0, point)));
        } catch (NumberFormatException | DateTimeException unreadable) {
            throw new SignatureRefusal(Reason.MALFORMED, "unreadable time in the signature");
        }
    }

    static Instant parseDate(String header) {
        try {
            return ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        } catch (DateTimeException unreadable) {
            throw new SignatureRefusal(Reason.OUTSIDE_TIME_WINDOW, "unreadable Date header");
        }
    }
}
