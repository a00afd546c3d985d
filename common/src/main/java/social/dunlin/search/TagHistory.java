package social.dunlin.search;

import java.time.LocalDate;

/** One day (UTC) of a hashtag: public posts with it, and how many people wrote them. */
public record TagHistory(LocalDate day, int uses, int accounts) {
}
