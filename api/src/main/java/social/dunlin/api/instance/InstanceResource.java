package social.dunlin.api.instance;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import social.dunlin.activitypub.Uris;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.CustomEmojiEntity;
import social.dunlin.api.entity.ExtendedDescriptionEntity;
import social.dunlin.api.entity.InstanceEntity;
import social.dunlin.api.entity.InstanceRenderer;
import social.dunlin.api.entity.InstanceV1Entity;
import social.dunlin.api.entity.RuleEntity;
import social.dunlin.domain.Domain;
import social.dunlin.emoji.CustomEmojiStore;
import social.dunlin.instance.InstanceStore;
import social.dunlin.text.PlainTextFormatter;

/** {@code /api/v2/instance}, {@code /api/v1/instance} and below: the served domain that was asked. */
@Path("/api")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class InstanceResource {
    private final InstanceRenderer renderer;
    private final InstanceStore store;
    private final CustomEmojiStore emojis;
    private final Caller caller;

    public InstanceResource(InstanceRenderer renderer, InstanceStore store, CustomEmojiStore emojis, Caller caller) {
        this.renderer = renderer;
        this.store = store;
        this.emojis = emojis;
        this.caller = caller;
    }

    @GET
    @Path("/v2/instance")
    @Access(Level.PUBLIC)
    public InstanceEntity instance() {
        return renderer.render(caller.domain());
    }

    @GET
    @Path("/v1/instance")
    @Access(Level.PUBLIC)
    public InstanceV1Entity instanceV1() {
        return renderer.renderV1(caller.domain());
    }

    @GET
    @Path("/v1/instance/rules")
    @Access(Level.PUBLIC)
    public List<RuleEntity> rules() {
        return renderer.rules(caller.domain());
    }

    /** Other servers known here; clients tell links into the fediverse by it. */
    @GET
    @Path("/v1/instance/peers")
    @Access(Level.PUBLIC)
    public List<String> peers() {
        return store.peers();
    }

    @GET
    @Path("/v1/instance/extended_description")
    @Access(Level.PUBLIC)
    public ExtendedDescriptionEntity extendedDescription() {
        Domain domain = caller.domain();
        return new ExtendedDescriptionEntity(null,
            PlainTextFormatter.format(renderer.description(domain), Map.of(), tag -> new Uris(domain.baseUrl()).tag(tag.display())));
    }

    @GET
    @Path("/v1/custom_emojis")
    @Access(Level.PUBLIC)
    public List<CustomEmojiEntity> customEmojis() {
        return emojis.ours().stream().map(CustomEmojiEntity::forPicker).toList();
    }
}
