package social.dunlin.instance;

import java.time.Instant;

/** A week (from Monday, UTC) of a served domain. @param logins people who were seen in that week for the last time */
public record WeekOfActivity(Instant week, int statuses, int logins, int registrations) {
}
