package social.dunlin.conversation;

import java.util.List;

/**
 * A conversation as one of its people has it.
 *
 * @param participantIds the others; empty in a note to oneself
 */
public record PrivateConversation(long id, long accountId, List<Long> participantIds, long lastStatusId, boolean unread) {
}
