package social.dunlin.transfer;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.database.Database;
import social.dunlin.move.Aliases;
import social.dunlin.queue.Job;
import social.dunlin.queue.Jobs;
import social.dunlin.refusal.Refusal;

/** Begins imports and tells how far they are; {@link ImportSteps} does them. */
@ApplicationScoped
public class Imports {
    /** The kind of the job that does one step; its payload is the import's id. */
    public static final String KIND = "data_import";
    /** Of a file. */
    public static final int MAXIMUM_BYTES = 5 << 20;
    private static final int MAXIMUM_UNFINISHED = 5;
    private static final int SHOWN = 20;
    private static final int SHOWN_FAILURES = 1_000;

    private final Database database;
    private final AccountStore accounts;
    private final Aliases aliases;
    private final ImportStore store;
    private final Jobs jobs;

    public Imports(Database database, AccountStore accounts, Aliases aliases, ImportStore store, Jobs jobs) {
        this.database = database;
        this.accounts = accounts;
        this.aliases = aliases;
        this.store = store;
        this.jobs = jobs;
    }

    /** A row that could not be done, and why. */
    public record Failure(String target, String error) {
    }

    /**
     * From a CSV file. Refuses with 422 what is none.
     *
     * @param overwrite what is here and not in the file goes; else it is merged
     */
    public long begin(Account account, TransferKind kind, boolean overwrite, byte[] file) {
        List<ImportRow> rows = ImportFile.read(kind, file, account.host());
        return database.transaction(() -> {
            long id = insert(account, kind, overwrite, null, overwrite ? DataImport.State.REMOVING : DataImport.State.RUNNING);
            store.addRows(id, rows);
            return id;
        });
    }

    /**
     * Follows whom another account of the same person follows, as far as that shows it. One of the two must name the other as
     * its alias.
     *
     * @param name {@code user@host} or an address
     */
    public long beginFollowsOf(Account account, String name) {
        Account source = aliases.find(account, name);
        if (!account.alsoKnownAs().contains(source.uri()) && !source.alsoKnownAs().contains(account.uri())) {
            throw Refusal.unprocessable("Name @%s as an alias of this account first".formatted(source.handle()));
        }
        return database.transaction(() -> {
            long id = insert(account, TransferKind.FOLLOWING, false, source.uri(), source.isLocal() ? DataImport.State.RUNNING : DataImport.State.READING);
            if (source.isLocal()) {
                store.addFollowsOf(id, source.id(), ImportFile.MAXIMUM_ROWS);
            }
            return id;
        });
    }

    private long insert(Account account, TransferKind kind, boolean overwrite, String sourceUri, DataImport.State state) {
        if (kind == TransferKind.FOLLOWING && account.hasMoved()) {
            throw Refusal.forbidden("You have moved to another account");
        }
        if (store.lockedUnfinished(account.id()) >= MAXIMUM_UNFINISHED) {
            throw Refusal.unprocessable("Please wait until the imports before this one are done");
        }
        long id = store.insert(account.id(), kind, overwrite, sourceUri, state);
        jobs.enqueue(step(id, account.id()));
        return id;
    }

    /** The next step. One account's imports are done one after the other. */
    public static Job step(long importId, long accountId) {
        return Job.of(KIND, Long.toString(importId)).withPriority(Job.LEISURELY).fairBy("account " + accountId).uniqueBy(Long.toString(importId));
    }

    /** The last ones, newest first. */
    public List<DataImport> of(long accountId) {
        return store.of(accountId, SHOWN);
    }

    public DataImport get(long accountId, long id) {
        return store.byId(id).filter(found -> found.accountId() == accountId).orElseThrow(Refusal::notFound);
    }

    /** The first of the rows that failed. */
    public List<Failure> failures(DataImport of) {
        return store.failures(of.id(), SHOWN_FAILURES);
    }
}
