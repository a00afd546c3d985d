package social.dunlin.timeline;

import social.dunlin.status.StatusStore;
import social.dunlin.visibility.ListVisibility;
import social.dunlin.visibility.StatusVisibility;

/**
 * In which form a query of posts is asked.
 *
 * @param columns what it selects
 * @param fast    how the rule is spelled; null for the rule itself
 */
public record Form(String columns, ListVisibility fast) {
    private static final String READER = "$1::bigint";
    private static final String VISIBLE = StatusVisibility.visibleTo(READER);
    private static final String SHOWN = " (" + VISIBLE + " and " + StatusVisibility.wantedBy(READER) + ") ";
    private static final String NOT_LIMITED = """
         not exists (select from account author where author.id = status.account_id and author.silenced_at is not null
                     and author.id is distinct from %1$s
                     and not exists (select from follow where follow.account_id = %1$s and follow.target_account_id = author.id))
        """.formatted(READER);

    static Form of(String columns) {
        return new Form(columns, null);
    }

    String tables() {
        return fast == null ? " (" + StatusStore.TABLES + ") " : fast.tables();
    }

    /** A condition: the reader may see the post. */
    String visible() {
        return fast == null ? VISIBLE : fast.condition();
    }

    /** A condition: the reader may see the post and wants to meet it. */
    String shown() {
        return fast == null ? SHOWN : fast.condition();
    }

    /** A condition: the author's posts are not kept from the reader's public lists. */
    String notLimited() {
        return fast == null ? NOT_LIMITED : fast.notLimited();
    }
}
