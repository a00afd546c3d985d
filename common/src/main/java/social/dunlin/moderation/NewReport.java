package social.dunlin.moderation;

import java.util.List;

/**
 * What somebody here wants to report.
 *
 * @param statusIds posts of the accused that the reporter sees
 * @param collectionIds collections that the accused made and the reporter sees
 * @param ruleIds   rules of this server that are broken; with any the category is {@link ReportCategory#VIOLATION}
 * @param forward   also to the server of the accused, without the reporter's name
 */
public record NewReport(long targetId, List<Long> statusIds, List<Long> collectionIds, String comment, ReportCategory category, List<Long> ruleIds, boolean forward) {
}
