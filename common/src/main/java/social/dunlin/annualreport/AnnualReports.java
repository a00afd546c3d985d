package social.dunlin.annualreport;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import social.dunlin.annualreport.AnnualReport.State;
import social.dunlin.database.Database;
import social.dunlin.queue.Job;
import social.dunlin.queue.Jobs;
import social.dunlin.refusal.Refusal;

/**
 * The years of local people. Mastodon offers a year's report between the tenth of December and New Year; here it can be
 * had later too, as long as the year has posts that others may see.
 */
@ApplicationScoped
public class AnnualReports {
    /** The job; its payload is {@link #payload}. */
    public static final String KIND = "annual_report";
    private static final int FIRST_DAY = 10;

    private final Database database;
    private final AnnualReportStore store;
    private final YearInNumbers numbers;
    private final Jobs jobs;

    public AnnualReports(Database database, AnnualReportStore store, YearInNumbers numbers, Jobs jobs) {
        this.database = database;
        this.store = store;
        this.numbers = numbers;
        this.jobs = jobs;
    }

    /** The year that clients offer to look back on, in these days. */
    public static OptionalInt campaign(LocalDate today) {
        return today.getMonth() == Month.DECEMBER && today.getDayOfMonth() >= FIRST_DAY ? OptionalInt.of(today.getYear()) : OptionalInt.empty();
    }

    static boolean isOver(int year, LocalDate today) {
        return year < today.getYear() || campaign(today).equals(OptionalInt.of(year));
    }

    public State state(long accountId, int year) {
        return store.isReady(accountId, year).map(ready -> ready ? State.AVAILABLE : State.GENERATING)
            .orElseGet(() -> isEligible(accountId, year) ? State.ELIGIBLE : State.INELIGIBLE);
    }

    private boolean isEligible(long accountId, int year) {
        return isOver(year, LocalDate.now(ZoneOffset.UTC)) && numbers.hasPosts(accountId, year);
    }

    /** Leaves the job, unless the report is there. Refuses a year that is not over or has nothing in it. */
    public State generate(long accountId, int year) {
        return database.transaction(() -> {
            State state = state(accountId, year);
            if (state == State.INELIGIBLE) {
                throw Refusal.unprocessable("There is no report of this year");
            }
            if (state == State.AVAILABLE) {
                return state;
            }
            store.ask(accountId, year);
            jobs.enqueue(Job.of(KIND, payload(accountId, year)).withPriority(Job.LEISURELY).uniqueBy(payload(accountId, year)));
            return State.GENERATING;
        });
    }

    static String payload(long accountId, int year) {
        return accountId + "/" + year;
    }

    /** What the job does. */
    public void compute(String payload) {
        long accountId = Long.parseLong(payload.substring(0, payload.indexOf('/')));
        int year = Integer.parseInt(payload.substring(payload.indexOf('/') + 1));
        store.fill(numbers.of(accountId, year));
    }

    /** Those nobody has looked at yet, the newest first. */
    public List<AnnualReport> unseen(long accountId) {
        return store.unseen(accountId);
    }

    public AnnualReport get(long accountId, int year) {
        return store.find(accountId, year).orElseThrow(Refusal::notFound);
    }

    public void read(long accountId, int year) {
        if (!store.see(accountId, year)) {
            throw Refusal.notFound();
        }
    }
}
