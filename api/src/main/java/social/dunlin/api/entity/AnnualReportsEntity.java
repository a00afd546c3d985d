package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import social.dunlin.annualreport.AnnualReport;

/** Reports with whom and what they name. */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record AnnualReportsEntity(List<ReportEntity> annualReports, List<AccountEntity> accounts, List<RawJson> statuses) {
    /** @param shareUrl null: a report has no page of its own */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record ReportEntity(int year, RawJson data, int schemaVersion, String shareUrl, String accountId) {
        public static ReportEntity of(AnnualReport report) {
            return new ReportEntity(report.year(), new RawJson(report.data().getBytes(StandardCharsets.UTF_8)), report.schemaVersion(), null,
                Long.toString(report.accountId()));
        }
    }
}
