package social.dunlin.api.web.settings;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Stream;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Browser;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.ApiTime;
import social.dunlin.api.request.Parameters;
import social.dunlin.api.request.Upload;
import social.dunlin.api.web.Pages;
import social.dunlin.api.web.SettingsMessages;
import social.dunlin.api.web.Words;
import social.dunlin.refusal.Refusal;
import social.dunlin.transfer.DataImport;
import social.dunlin.transfer.Exports;
import social.dunlin.transfer.Imports;
import social.dunlin.transfer.TransferKind;

/** The page about taking data along: files to take away, files to bring, and how far those are. */
@Path("/settings/data")
@RunOnVirtualThread
public class DataPageResource {
    private final Caller caller;
    private final Browser browser;
    private final Parameters parameters;
    private final Pages pages;
    private final Words words;
    private final Exports exports;
    private final Imports imports;

    public DataPageResource(Caller caller, Browser browser, Parameters parameters, Pages pages, Words words, Exports exports, Imports imports) {
        this.caller = caller;
        this.browser = browser;
        this.parameters = parameters;
        this.pages = pages;
        this.words = words;
        this.exports = exports;
        this.imports = imports;
    }

    @CheckedTemplate(basePath = "settings")
    static class Templates {
        static native TemplateInstance data(String formToken, DataView view);

        static native TemplateInstance failures(ImportView view);
    }

    @GET
    @Access(Level.WEB_SESSION)
    public Response page() {
        return page(200, null);
    }

    @GET
    @Path("/{file}.csv")
    @Access(Level.WEB_SESSION)
    public Response export(@PathParam("file") String file) {
        TransferKind kind = Stream.of(TransferKind.values()).filter(each -> each.fileName().equals(file + ".csv")).findFirst().orElseThrow(Refusal::notFound);
        return Response.ok(exports.csv(kind, caller.accountId())).type("text/csv; charset=utf-8")
            .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s\"".formatted(kind.fileName()))
            .header(HttpHeaders.CACHE_CONTROL, "private, no-store").build();
    }

    @POST
    @Path("/imports")
    @Access(Level.WEB_SESSION)
    public Response bringFile() {
        return after(() -> {
            TransferKind kind = parameters.text("kind").flatMap(TransferKind::ofCode).orElseThrow(() -> Refusal.unprocessable("Choose what the file holds"));
            Upload file = parameters.file("file").filter(upload -> upload.size() > 0).orElseThrow(() -> Refusal.unprocessable("Choose a file"));
            imports.begin(caller.account(), kind, parameters.text("mode").orElse("").equals("overwrite"), small(file));
        });
    }

    private static byte[] small(Upload file) {
        if (file.size() > Imports.MAXIMUM_BYTES) {
            throw Refusal.unprocessable("The file is too large (maximum is %d MB)".formatted(Imports.MAXIMUM_BYTES >> 20));
        }
        return file.bytes();
    }

    @POST
    @Path("/follows")
    @Access(Level.WEB_SESSION)
    public Response bringFollows() {
        return after(() -> imports.beginFollowsOf(caller.account(), parameters.text("name").orElse("")));
    }

    @GET
    @Path("/imports/{id}")
    @Access(Level.WEB_SESSION)
    public Response failures(@PathParam("id") long id) {
        DataImport found = imports.get(caller.accountId(), id);
        return pages.personal(200, Templates.failures(view(found, imports.failures(found).stream().map(ImportView.FailureView::of).toList())));
    }

    private Response after(Runnable change) {
        try {
            change.run();
        } catch (Refusal refusal) {
            return page(refusal.status(), refusal.getMessage());
        }
        return Response.status(Response.Status.SEE_OTHER).header("Location", "/settings/data").build();
    }

    private Response page(int status, String problem) {
        return pages.personal(status, Templates.data(browser.formToken(), new DataView(
            Stream.of(TransferKind.values()).map(kind -> new KindView(kind.code(), name(kind), kind.fileName())).toList(),
            imports.of(caller.accountId()).stream().map(found -> view(found, List.of())).toList(), problem)));
    }

    private ImportView view(DataImport found, List<ImportView.FailureView> failures) {
        return new ImportView(found.id(), name(found.kind()), found.sourceUri(), found.isFinished(), found.total(), found.done(), found.failed(), found.error(),
            ApiTime.of(found.createdAt()), failures);
    }

    private String name(TransferKind kind) {
        SettingsMessages texts = words.settings();
        return switch (kind) {
            case FOLLOWING -> texts.data_following();
            case BLOCKS -> texts.data_blocks();
            case MUTES -> texts.data_mutes();
            case DOMAIN_BLOCKS -> texts.data_domain_blocks();
            case BOOKMARKS -> texts.data_bookmarks();
            case LISTS -> texts.data_lists();
        };
    }
}
