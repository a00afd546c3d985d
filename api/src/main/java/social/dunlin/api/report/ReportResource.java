package social.dunlin.api.report;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import social.dunlin.account.AccountStore;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.Limit;
import social.dunlin.api.access.Limited;
import social.dunlin.api.entity.AccountRenderer;
import social.dunlin.api.entity.ReportEntity;
import social.dunlin.api.request.Parameters;
import social.dunlin.moderation.NewReport;
import social.dunlin.moderation.Report;
import social.dunlin.moderation.ReportCategory;
import social.dunlin.moderation.ReportService;
import social.dunlin.refusal.Refusal;

/** {@code /api/v1/reports}: telling the moderators, and those of another server. */
@Path("/api/v1/reports")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ReportResource {
    private final ReportService reports;
    private final AccountStore accounts;
    private final AccountRenderer renderer;
    private final Parameters parameters;
    private final Caller caller;

    public ReportResource(ReportService reports, AccountStore accounts, AccountRenderer renderer, Parameters parameters, Caller caller) {
        this.reports = reports;
        this.accounts = accounts;
        this.renderer = renderer;
        this.parameters = parameters;
        this.caller = caller;
    }

    @POST
    @Access(value = Level.USER_TOKEN, scopes = "write:reports")
    @Limited(Limit.REPORT)
    public ReportEntity report() {
        Report report = reports.file(caller.account(), new NewReport(parameters.id("account_id").orElseThrow(Refusal::notFound),
            parameters.ids("status_ids"), parameters.ids("collection_ids"), parameters.text("comment").orElse("").strip(), category(),
            parameters.ids("rule_ids"), parameters.flag("forward", false)));
        return ReportEntity.of(report, renderer.render(accounts.byId(report.targetId()).orElseThrow(Refusal::notFound)));
    }

    private ReportCategory category() {
        return parameters.text("category").filter(text -> !text.isBlank())
            .map(text -> ReportCategory.ofApiName(text).orElseThrow(() -> Refusal.invalid("Category is not included in the list")))
            .orElse(ReportCategory.OTHER);
    }
}
