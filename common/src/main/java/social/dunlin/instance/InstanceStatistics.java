package social.dunlin.instance;

/**
 * @param users       people on the domain
 * @param activeMonth those among them seen within four weeks
 * @param statuses    posts of the domain's people
 * @param hosts       other servers known
 */
public record InstanceStatistics(int users, int activeMonth, long statuses, int hosts) {
}
