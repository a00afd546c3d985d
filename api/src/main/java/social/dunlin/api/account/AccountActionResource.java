package social.dunlin.api.account;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.Limit;
import social.dunlin.api.access.Limited;
import social.dunlin.api.entity.RelationshipEntity;
import social.dunlin.api.request.Parameters;
import social.dunlin.relationship.FollowOptions;
import social.dunlin.relationship.Relationship;
import social.dunlin.relationship.RelationshipService;

/** {@code /api/v1/accounts/:id/…}: what the reader is to other accounts, and changing it. */
@Path("/api/v1/accounts")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class AccountActionResource {
    private static final int AT_ONCE = 100;

    private final RelationshipService relationships;
    private final Parameters parameters;
    private final Caller caller;

    public AccountActionResource(RelationshipService relationships, Parameters parameters, Caller caller) {
        this.relationships = relationships;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Path("/relationships")
    @Access(value = Level.USER_TOKEN, scopes = "read:follows")
    public List<RelationshipEntity> relationships() {
        List<Long> ids = parameters.ids("id").stream().limit(AT_ONCE).toList();
        return relationships.relationships(caller.accountId(), ids, parameters.flag("with_suspended", false)).stream()
            .map(RelationshipEntity::of).toList();
    }

    @POST
    @Path("/{id}/follow")
    @Access(value = Level.USER_TOKEN, scopes = {"follow", "write:follows"})
    @Limited(Limit.FOLLOW)
    public RelationshipEntity follow(@PathParam("id") long id) {
        FollowOptions options = new FollowOptions(parameters.flag("reblogs").orElse(null), parameters.flag("notify").orElse(null),
            parameters.has("languages") ? parameters.texts("languages").stream().filter(language -> !language.isBlank()).toList() : null);
        return answer(relationships.follow(caller.accountId(), id, options));
    }

    @POST
    @Path("/{id}/unfollow")
    @Access(value = Level.USER_TOKEN, scopes = {"follow", "write:follows"})
    public RelationshipEntity unfollow(@PathParam("id") long id) {
        return answer(relationships.unfollow(caller.accountId(), id));
    }

    @POST
    @Path("/{id}/remove_from_followers")
    @Access(value = Level.USER_TOKEN, scopes = {"follow", "write:follows"})
    public RelationshipEntity removeFromFollowers(@PathParam("id") long id) {
        return answer(relationships.removeFollower(caller.accountId(), id));
    }

    @POST
    @Path("/{id}/block")
    @Access(value = Level.USER_TOKEN, scopes = {"follow", "write:blocks"})
    public RelationshipEntity block(@PathParam("id") long id) {
        return answer(relationships.block(caller.accountId(), id));
    }

    @POST
    @Path("/{id}/unblock")
    @Access(value = Level.USER_TOKEN, scopes = {"follow", "write:blocks"})
    public RelationshipEntity unblock(@PathParam("id") long id) {
        return answer(relationships.unblock(caller.accountId(), id));
    }

    @POST
    @Path("/{id}/mute")
    @Access(value = Level.USER_TOKEN, scopes = {"follow", "write:mutes"})
    public RelationshipEntity mute(@PathParam("id") long id) {
        Duration duration = Duration.ofSeconds(Math.max(0, parameters.number("duration").orElse(0)));
        return answer(relationships.mute(caller.accountId(), id, parameters.flag("notifications", true), duration));
    }

    @POST
    @Path("/{id}/unmute")
    @Access(value = Level.USER_TOKEN, scopes = {"follow", "write:mutes"})
    public RelationshipEntity unmute(@PathParam("id") long id) {
        return answer(relationships.unmute(caller.accountId(), id));
    }

    @POST
    @Path("/{id}/note")
    @Access(value = Level.USER_TOKEN, scopes = "write:accounts")
    public RelationshipEntity note(@PathParam("id") long id) {
        return answer(relationships.note(caller.accountId(), id, parameters.text("comment").orElse("")));
    }

    /** {@code pin} is the older name. */
    @POST
    @Path("/{id}/{verb:endorse|pin}")
    @Access(value = Level.USER_TOKEN, scopes = "write:accounts")
    public RelationshipEntity endorse(@PathParam("id") long id) {
        return answer(relationships.endorse(caller.accountId(), id));
    }

    /** {@code unpin} is the older name. */
    @POST
    @Path("/{id}/{verb:unendorse|unpin}")
    @Access(value = Level.USER_TOKEN, scopes = "write:accounts")
    public RelationshipEntity unendorse(@PathParam("id") long id) {
        return answer(relationships.unendorse(caller.accountId(), id));
    }

    private static RelationshipEntity answer(Relationship relationship) {
        return RelationshipEntity.of(relationship);
    }
}
