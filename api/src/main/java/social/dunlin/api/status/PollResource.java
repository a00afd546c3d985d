package social.dunlin.api.status;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.PollEntity;
import social.dunlin.api.entity.StatusRenderer;
import social.dunlin.api.request.Parameters;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.Poll;
import social.dunlin.status.PollService;
import social.dunlin.status.StatusReader;

/** {@code /api/v1/polls}. */
@Path("/api/v1/polls")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class PollResource {
    private final PollService polls;
    private final StatusReader reader;
    private final StatusRenderer renderer;
    private final Parameters parameters;
    private final Caller caller;

    public PollResource(PollService polls, StatusReader reader, StatusRenderer renderer, Parameters parameters, Caller caller) {
        this.polls = polls;
        this.reader = reader;
        this.renderer = renderer;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Path("/{id}")
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:statuses")
    public PollEntity get(@PathParam("id") long id) {
        return answer(polls.get(caller.viewer(), id));
    }

    @POST
    @Path("/{id}/votes")
    @Access(value = Level.USER_TOKEN, scopes = "write:statuses")
    public PollEntity vote(@PathParam("id") long id) {
        return answer(polls.vote(caller.account(), id, parameters.texts("choices").stream().map(PollResource::choice).toList()));
    }

    private static Integer choice(String text) {
        try {
            return Integer.valueOf(text.strip());
        } catch (NumberFormatException malformed) {
            throw Refusal.invalid("The chosen vote option does not exist");
        }
    }

    /** By way of its post, which knows the emojis. */
    private PollEntity answer(Poll poll) {
        return renderer.render(reader.get(caller.viewer(), poll.statusId()), caller.viewer()).poll();
    }
}
