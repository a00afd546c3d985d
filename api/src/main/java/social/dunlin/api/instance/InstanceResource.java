package social.dunlin.api.instance;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.DeprecatedSince;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.ApiTime;
import social.dunlin.api.entity.ExtendedDescriptionEntity;
import social.dunlin.api.entity.InstanceRenderer;
import social.dunlin.api.entity.InstanceV1Entity;
import social.dunlin.api.entity.RuleEntity;
import social.dunlin.instance.InstanceDocuments;
import social.dunlin.instance.InstanceStore;

/** {@code /api/v1/instance} and below: the served domain that was asked. */
@Path("/api/v1/instance")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class InstanceResource {
    private final InstanceRenderer renderer;
    private final InstanceStore store;
    private final InstanceDocuments documents;
    private final Caller caller;

    public InstanceResource(InstanceRenderer renderer, InstanceStore store, InstanceDocuments documents, Caller caller) {
        this.renderer = renderer;
        this.store = store;
        this.documents = documents;
        this.caller = caller;
    }

    @GET
    @DeprecatedSince("2022-11-14")
    @Access(Level.PUBLIC)
    public InstanceV1Entity instance() {
        return renderer.renderV1(caller.domain());
    }

    @GET
    @Path("/rules")
    @Access(Level.PUBLIC)
    public List<RuleEntity> rules() {
        return renderer.rules(caller.domain());
    }

    /** Other servers known here; clients tell links into the fediverse by it. */
    @GET
    @Path("/peers")
    @Access(Level.PUBLIC)
    public List<String> peers() {
        return store.peers();
    }

    @GET
    @Path("/extended_description")
    @Access(Level.PUBLIC)
    public ExtendedDescriptionEntity extendedDescription() {
        return documents.extendedDescription().map(document -> new ExtendedDescriptionEntity(ApiTime.of(document.changedAt()), document.html()))
            .orElseGet(() -> renderer.extendedDescription(caller.domain()));
    }
}
