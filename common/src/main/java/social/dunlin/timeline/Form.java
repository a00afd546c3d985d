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

    /** Ids and nothing else, whoever may see the posts: what a process remembers of them tells the rest. */
    static final Form IDS = new Form("status.id", null);

    /** The columns of a list that another table keeps the posts of. */
    String columns(String entries) {
        return this == IDS ? entries + ".status_id" : columns;
    }

    /** That table, with what the conditions look at. */
    String tables(String entries) {
        return this == IDS ? entries : entries + " join " + tables() + " on status.id = " + entries + ".status_id";
    }

    String tables() {
        if (this == IDS) {
            return " status ";
        }
        return fast == null ? " (" + StatusStore.TABLES + ") " : fast.tables();
    }

    /** A condition: the reader may see the post. */
    String visible() {
        return this == IDS ? "true" : fast == null ? VISIBLE : fast.condition();
    }

    /** A condition: the reader may see the post and wants to meet it. */
    String shown() {
        return this == IDS ? "true" : fast == null ? SHOWN : fast.condition();
    }

    /** A condition: the author's posts are not kept from the reader's public lists. */
    String notLimited() {
        return this == IDS ? "true" : fast == null ? NOT_LIMITED : fast.notLimited();
    }
}
