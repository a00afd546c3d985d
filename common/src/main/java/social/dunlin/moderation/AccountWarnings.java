package social.dunlin.moderation;

import static social.dunlin.database.Rows.instant;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.account.Handle;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.NotificationType;
import social.dunlin.refusal.Refusal;

/** Words of the moderators to people here, who find them among their notifications. */
@ApplicationScoped
public class AccountWarnings {
    private static final int LONGEST = 5_000;

    private final Database database;
    private final AccountStore accounts;
    private final Domains domains;
    private final NotificationService notifications;

    public AccountWarnings(Database database, AccountStore accounts, Domains domains, NotificationService notifications) {
        this.database = database;
        this.accounts = accounts;
        this.domains = domains;
        this.notifications = notifications;
    }

    /** @param name {@code name} on the default domain, or {@code name@domain} of a served one */
    public AccountWarning warn(String name, String text) {
        if (text.isBlank() || text.codePointCount(0, text.length()) > LONGEST) {
            throw Refusal.invalid("Text must have between 1 and %d characters".formatted(LONGEST));
        }
        Account account = Handle.parse(name, domains.defaultDomain().name())
            .flatMap(handle -> accounts.byHandle(handle.username(), handle.host()))
            .filter(found -> found.userId().isPresent() && found.deletedAt() == null)
            .orElseThrow(() -> Refusal.invalid("Nobody here is called %s".formatted(name)));
        return database.transaction(() -> {
            AccountWarning warning = database.first("insert into account_warning (account_id, text) values ($1, $2) returning *", AccountWarnings::map,
                account.id(), text.strip()).orElseThrow();
            notifications.notifyAbout(NotificationType.MODERATION_WARNING, List.of(account.id()), account.id(), warning.id());
            return warning;
        });
    }

    /** Index: account_warning_pkey. */
    public List<AccountWarning> byIds(Collection<Long> ids) {
        return database.list("select * from account_warning where id = any($1)", AccountWarnings::map, (Object) ids.toArray(Long[]::new));
    }

    private static AccountWarning map(Row row) {
        return new AccountWarning(row.getLong("id"), row.getLong("account_id"), row.getString("text"), instant(row, "created_at"));
    }
}
