package social.dunlin.api.annualreport;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import social.dunlin.annualreport.AnnualReport;
import social.dunlin.annualreport.AnnualReport.State;
import social.dunlin.annualreport.AnnualReports;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.AccountRenderer;
import social.dunlin.api.entity.AnnualReportsEntity;
import social.dunlin.api.entity.StatusJsonRenderer;
import social.dunlin.status.StatusReader;

/** {@code /api/v1/annual_reports}: one's own years. What is asked for comes later; {@code state} says when it is there. */
@Path("/api/v1/annual_reports")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class AnnualReportResource {
    private static final int ACCEPTED = 202;

    private final AnnualReports reports;
    private final AccountRenderer accounts;
    private final StatusReader reader;
    private final StatusJsonRenderer statuses;
    private final Caller caller;

    public AnnualReportResource(AnnualReports reports, AccountRenderer accounts, StatusReader reader, StatusJsonRenderer statuses, Caller caller) {
        this.reports = reports;
        this.accounts = accounts;
        this.reader = reader;
        this.statuses = statuses;
        this.caller = caller;
    }

    @GET
    @Access(value = Level.USER_TOKEN, scopes = "read:accounts")
    public AnnualReportsEntity unseen() {
        return answer(reports.unseen(caller.accountId()));
    }

    @GET
    @Path("/{year:[0-9]+}")
    @Access(value = Level.USER_TOKEN, scopes = "read:accounts")
    public AnnualReportsEntity report(@PathParam("year") int year) {
        return answer(List.of(reports.get(caller.accountId(), year)));
    }

    @GET
    @Path("/{year:[0-9]+}/state")
    @Access(value = Level.USER_TOKEN, scopes = "read:accounts")
    public Map<String, String> state(@PathParam("year") int year) {
        return Map.of("state", reports.state(caller.accountId(), year).name().toLowerCase(Locale.ROOT));
    }

    @POST
    @Path("/{year:[0-9]+}/generate")
    @Access(value = Level.USER_TOKEN, scopes = "write:accounts")
    public Response generate(@PathParam("year") int year) {
        return Response.status(reports.generate(caller.accountId(), year) == State.AVAILABLE ? 200 : ACCEPTED).entity(Map.of()).build();
    }

    @POST
    @Path("/{year:[0-9]+}/read")
    @Access(value = Level.USER_TOKEN, scopes = "write:accounts")
    public Map<String, String> read(@PathParam("year") int year) {
        reports.read(caller.accountId(), year);
        return Map.of();
    }

    /** Posts that are gone by now are left out, as everywhere. */
    private AnnualReportsEntity answer(List<AnnualReport> found) {
        List<Long> posts = found.stream().flatMap(report -> report.statusIds().stream()).distinct().toList();
        return new AnnualReportsEntity(found.stream().map(AnnualReportsEntity.ReportEntity::of).toList(),
            found.isEmpty() ? List.of() : List.of(accounts.render(caller.account())),
            statuses.renderList(reader.list(caller.viewer(), posts), caller.viewer()));
    }
}
