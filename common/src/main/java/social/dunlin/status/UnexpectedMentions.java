package social.dunlin.status;

import java.util.List;
import social.dunlin.account.Account;
import social.dunlin.refusal.Refusal;

/** A post would reach people whom its author's client did not expect. */
public final class UnexpectedMentions extends Refusal {
    private final transient List<Account> accounts;

    UnexpectedMentions(List<Account> accounts) {
        super(422, "Post would be sent to unexpected accounts");
        this.accounts = accounts;
    }

    public List<Account> accounts() {
        return accounts;
    }
}
