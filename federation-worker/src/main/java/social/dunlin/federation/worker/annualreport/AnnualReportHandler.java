package social.dunlin.federation.worker.annualreport;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.annualreport.AnnualReports;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;

/** Counts somebody's year; one at a time, for it reads all of their posts. */
@ApplicationScoped
public class AnnualReportHandler implements JobHandler {
    private final AnnualReports reports;

    public AnnualReportHandler(AnnualReports reports) {
        this.reports = reports;
    }

    @Override
    public String kind() {
        return AnnualReports.KIND;
    }

    @Override
    public int concurrency() {
        return 1;
    }

    @Override
    public void handle(JobRun run) {
        reports.compute(run.payload());
    }
}
