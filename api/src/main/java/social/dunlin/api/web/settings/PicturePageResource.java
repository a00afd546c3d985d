package social.dunlin.api.web.settings;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import social.dunlin.account.Account;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Browser;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.AccountRenderer;
import social.dunlin.api.media.Uploads;
import social.dunlin.api.request.Parameters;
import social.dunlin.api.web.Pages;
import social.dunlin.api.web.SettingsMessages;
import social.dunlin.api.web.Words;
import social.dunlin.api.web.settings.PictureView.LeakView;
import social.dunlin.media.MediaAbilities;
import social.dunlin.media.MediaAttachment;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.MediaUpload.Purpose;
import social.dunlin.media.MediaUploads;
import social.dunlin.media.MediaUploads.Held;
import social.dunlin.media.MediaUploads.Sent;
import social.dunlin.media.UnattachedMedia;
import social.dunlin.media.picture.Leak;
import social.dunlin.profile.ProfilePictures;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.NewStatus;
import social.dunlin.status.StatusService;
import social.dunlin.status.Visibility;

/** One's pictures in the browser: those of the profile, and one to be posted, seen through before. */
@Path("/settings/pictures")
@RunOnVirtualThread
public class PicturePageResource {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Caller caller;
    private final Browser browser;
    private final Parameters parameters;
    private final Pages pages;
    private final Words words;
    private final AccountRenderer renderer;
    private final ProfilePictures pictures;
    private final MediaUploads uploads;
    private final UnattachedMedia unattached;
    private final MediaAbilities abilities;
    private final StatusService statuses;

    public PicturePageResource(Caller caller, Browser browser, Parameters parameters, Pages pages, Words words, AccountRenderer renderer, ProfilePictures pictures,
                               MediaUploads uploads, UnattachedMedia unattached, MediaAbilities abilities, StatusService statuses) {
        this.caller = caller;
        this.browser = browser;
        this.parameters = parameters;
        this.pages = pages;
        this.words = words;
        this.renderer = renderer;
        this.pictures = pictures;
        this.uploads = uploads;
        this.unattached = unattached;
        this.abilities = abilities;
        this.statuses = statuses;
    }

    @CheckedTemplate(basePath = "settings")
    static class Templates {
        static native TemplateInstance pictures(String formToken, PicturesView view);

        static native TemplateInstance picture(String formToken, PictureView view);
    }

    @GET
    @Access(Level.WEB_SESSION)
    public Response page() {
        return page(200, null);
    }

    @POST
    @Path("/profile")
    @Access(Level.WEB_SESSION)
    public Response setProfilePictures() {
        return after(() -> {
            Account account = caller.account();
            pictures.await(account, pictures.take(account, new ProfilePictures.Change(chosen("avatar"), chosen("header"))));
        });
    }

    @POST
    @Path("/profile/remove")
    @Access(Level.WEB_SESSION)
    public Response removeProfilePicture() {
        return after(() -> pictures.remove(caller.account(), switch (parameters.text("which").orElse("")) {
            case "avatar" -> Purpose.AVATAR;
            case "header" -> Purpose.HEADER;
            default -> throw Refusal.badRequest("Unknown picture");
        }));
    }

    @POST
    @Path("/new")
    @Access(Level.WEB_SESSION)
    public Response look() {
        try {
            Held held = uploads.hold(caller.account(), chosen("file").orElseThrow(() -> Refusal.unprocessable("Choose a file")));
            return pages.personal(200, Templates.picture(browser.formToken(),
                new PictureView(held.attachment().id(), true, held.keepable(), held.leaks().stream().map(this::view).toList(), "", "", null)));
        } catch (Refusal refusal) {
            return page(refusal.status(), refusal.getMessage());
        }
    }

    @POST
    @Path("/{id:\\d{1,18}}")
    @Access(Level.WEB_SESSION)
    public Response post(@PathParam("id") long id) {
        Account account = caller.account();
        String description = parameters.text("description").orElse("");
        String text = parameters.text("status").orElse("");
        try {
            MediaAttachment waiting = unattached.of(account.id(), id);
            if (!waiting.isReady()) {
                uploads.release(account, id, parameters.flag("keep_metadata", false), description);
                waiting = uploads.await(waiting, PATIENCE);
            }
            if (waiting.isFailed()) {
                throw Refusal.unprocessable("Error processing thumbnail for uploaded media");
            }
            if (!waiting.isReady()) {
                throw Refusal.unavailable(words.settings().picture_waiting());
            }
            unattached.describe(account.id(), id, description, null, null);
            Visibility visibility = parameters.text("visibility").flatMap(Visibility::ofApiName).orElse(null);
            String url = statuses.publish(account, new NewStatus(text, null, null, visibility, parameters.flag("sensitive", false), null, null, null, null, List.of(id),
                null, null, null, "picture-" + id)).url();
            return Response.status(Response.Status.SEE_OTHER).header("Location", url).build();
        } catch (Refusal refusal) {
            return pages.personal(refusal.status(), Templates.picture(browser.formToken(), new PictureView(id, false, false, List.of(), description, text, refusal.getMessage())));
        }
    }

    /** An empty field of a form is a file without bytes. */
    private Optional<Sent> chosen(String name) {
        return Uploads.file(parameters, name).filter(file -> file.size() > 0);
    }

    private Response after(Runnable change) {
        try {
            change.run();
        } catch (Refusal refusal) {
            return page(refusal.status(), refusal.getMessage());
        }
        return Response.status(Response.Status.SEE_OTHER).header("Location", "/settings/pictures").build();
    }

    private Response page(int status, String problem) {
        Account account = caller.account();
        return pages.personal(status, Templates.pictures(browser.formToken(), new PicturesView(renderer.render(account).avatarStatic(),
            account.avatarBlob() != null, account.headerBlob() != null,
            abilities.formats().stream().map(MediaFormat::contentType).collect(Collectors.joining(",")), problem)));
    }

    private LeakView view(Leak leak) {
        SettingsMessages texts = words.settings();
        return new LeakView(switch (leak.kind()) {
            case PLACE -> texts.leak_place();
            case TIME -> texts.leak_time();
            case DEVICE -> texts.leak_device();
            case SERIAL_NUMBER -> texts.leak_serial();
            case PERSON -> texts.leak_person();
            case TEXT -> texts.leak_text();
            case SOFTWARE -> texts.leak_software();
            case THUMBNAIL -> texts.leak_thumbnail();
            case OTHER -> texts.leak_other();
        }, leak.value());
    }
}
