package social.dunlin.api.status;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.EmojiReactionEntity;
import social.dunlin.api.entity.EmojiReactionRenderer;
import social.dunlin.api.entity.RawJson;
import social.dunlin.api.entity.StatusJsonRenderer;
import social.dunlin.status.LocalReactions;
import social.dunlin.status.StatusReader;

/** {@code /api/v1/pleroma/statuses/:id/reactions}: answers by emoji, as Pleroma's and Akkoma's clients make and read them. */
@Path("/api/v1/pleroma/statuses")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class EmojiReactionResource {
    private final LocalReactions reactions;
    private final StatusReader reader;
    private final EmojiReactionRenderer renderer;
    private final StatusJsonRenderer statuses;
    private final Caller caller;

    public EmojiReactionResource(LocalReactions reactions, StatusReader reader, EmojiReactionRenderer renderer, StatusJsonRenderer statuses, Caller caller) {
        this.reactions = reactions;
        this.reader = reader;
        this.renderer = renderer;
        this.statuses = statuses;
        this.caller = caller;
    }

    @GET
    @Path("/{id}/reactions")
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:statuses")
    public List<EmojiReactionEntity> list(@PathParam("id") long id) {
        return renderer.renderWithAccounts(reader.get(caller.viewer(), id).originalId(), caller.viewer());
    }

    @GET
    @Path("/{id}/reactions/{emoji}")
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:statuses")
    public List<EmojiReactionEntity> list(@PathParam("id") long id, @PathParam("emoji") String emoji) {
        String name = LocalReactions.name(emoji);
        return list(id).stream().filter(reaction -> reaction.name().equals(name)).toList();
    }

    @PUT
    @Path("/{id}/reactions/{emoji}")
    @Access(value = Level.USER_TOKEN, scopes = "write:favourites")
    public RawJson react(@PathParam("id") long id, @PathParam("emoji") String emoji) {
        return statuses.render(reactions.react(caller.account(), id, emoji), caller.viewer());
    }

    @DELETE
    @Path("/{id}/reactions/{emoji}")
    @Access(value = Level.USER_TOKEN, scopes = "write:favourites")
    public RawJson unreact(@PathParam("id") long id, @PathParam("emoji") String emoji) {
        return statuses.render(reactions.unreact(caller.account(), id, emoji), caller.viewer());
    }
}
