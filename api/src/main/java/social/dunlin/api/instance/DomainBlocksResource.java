package social.dunlin.api.instance;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.DomainBlockEntity;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.config.DunlinConfiguration.Readers;
import social.dunlin.moderation.DomainBlocks;
import social.dunlin.refusal.Refusal;

/** {@code /api/v1/instance/domain_blocks}: which servers are limited and blocked here, for whom the settings let read it. */
@Path("/api/v1/instance/domain_blocks")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class DomainBlocksResource {
    private final DomainBlocks blocks;
    private final DunlinConfiguration.Instance settings;
    private final Caller caller;

    public DomainBlocksResource(DomainBlocks blocks, DunlinConfiguration configuration, Caller caller) {
        this.blocks = blocks;
        this.settings = configuration.instance();
        this.caller = caller;
    }

    @GET
    @Access(Level.OPTIONAL_TOKEN)
    public List<DomainBlockEntity> list() {
        if (!isOpenTo(settings.domainBlocks())) {
            throw Refusal.notFound();
        }
        boolean reasons = isOpenTo(settings.domainBlockReasons());
        return blocks.all().stream().map(block -> DomainBlockEntity.of(block, reasons)).toList();
    }

    private boolean isOpenTo(Readers readers) {
        return switch (readers) {
            case NOBODY -> false;
            case PEOPLE -> !caller.viewer().isAnonymous();
            case EVERYBODY -> true;
        };
    }
}
