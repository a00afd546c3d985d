package social.dunlin.instance;

/**
 * @param users          people on the domain
 * @param activeMonth    those among them seen within 30 days
 * @param activeHalfYear those seen within 180 days
 * @param statuses       posts of the domain's people
 * @param hosts          other servers known
 */
public record InstanceStatistics(int users, int activeMonth, int activeHalfYear, long statuses, int hosts) {
}
