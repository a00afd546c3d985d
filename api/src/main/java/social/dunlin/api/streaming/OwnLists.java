package social.dunlin.api.streaming;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.database.DatabaseException;
import social.dunlin.list.ListService;
import social.dunlin.refusal.Refusal;

/** Lists are watched by whose they are. */
@ApplicationScoped
class OwnLists {
    private final ListService lists;

    OwnLists(ListService lists) {
        this.lists = lists;
    }

    /** Refuses somebody else's list, and one that is not there; other streams are nobody's. Waits. */
    void require(long accountId, StreamName stream) {
        if (stream.kind() != StreamKind.LIST) {
            return;
        }
        try {
            lists.get(accountId, stream.listId());
        } catch (Refusal notThere) {
            throw StreamName.foreignList();
        } catch (DatabaseException unreachable) {
            throw new Refusal(503, "Try again later");
        }
    }
}
