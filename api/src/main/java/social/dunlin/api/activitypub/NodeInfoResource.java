package social.dunlin.api.activitypub;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.domain.Domain;
import social.dunlin.federation.fetch.HttpClients;
import social.dunlin.instance.InstanceStatistics;
import social.dunlin.instance.InstanceTexts;
import social.dunlin.instance.InstanceUsage;

/** What this server is (NodeInfo 2.0 and 2.1, FEP-0151), per served domain. */
@Path("/nodeinfo")
@RunOnVirtualThread
public class NodeInfoResource {
    static final String SCHEMA = "http://nodeinfo.diaspora.software/ns/schema/";

    private final Caller caller;
    private final InstanceUsage usage;
    private final InstanceTexts texts;

    public NodeInfoResource(Caller caller, InstanceUsage usage, InstanceTexts texts) {
        this.caller = caller;
        this.usage = usage;
        this.texts = texts;
    }

    @GET
    @Path("/{version: 2\\.[01]}")
    @Access(Level.PUBLIC)
    public Response nodeInfo(@PathParam("version") String version) {
        Domain domain = caller.domain();
        InstanceStatistics numbers = usage.of(domain);
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("version", version);
        ObjectNode software = document.putObject("software").put("name", "dunlin").put("version", HttpClients.VERSION);
        if (version.equals("2.1")) {
            software.put("homepage", domain.baseUrl() + "/about");
        }
        document.putArray("protocols").add("activitypub");
        ObjectNode services = document.putObject("services");
        services.putArray("inbound");
        services.putArray("outbound");
        document.put("openRegistrations", false);
        ObjectNode usageNode = document.putObject("usage");
        usageNode.putObject("users").put("total", numbers.users()).put("activeMonth", numbers.activeMonth())
            .put("activeHalfyear", numbers.activeHalfYear());
        usageNode.put("localPosts", numbers.statuses());
        ObjectNode metadata = document.putObject("metadata")
            .put("nodeName", texts.title(domain))
            .put("nodeDescription", texts.description(domain));
        // Clients built on the library megalodon refuse software they do not know by name unless it says whose API it speaks.
        metadata.putObject("upstream").put("name", "mastodon");
        return Response.ok(document.toString())
            .type("application/json; profile=\"" + SCHEMA + version + "#\"; charset=utf-8").build();
    }
}
