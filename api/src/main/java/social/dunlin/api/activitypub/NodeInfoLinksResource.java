package social.dunlin.api.activitypub;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import social.dunlin.activitypub.Uris;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;

/** Where NodeInfo is, and the instance actor beside it (FEP-2677). */
@Path("/.well-known/nodeinfo")
@RunOnVirtualThread
public class NodeInfoLinksResource {
    private static final String APPLICATION = "https://www.w3.org/ns/activitystreams#Application";

    private final Caller caller;

    public NodeInfoLinksResource(Caller caller) {
        this.caller = caller;
    }

    @GET
    @Access(Level.PUBLIC)
    public Response links() {
        Uris uris = new Uris(caller.domain().baseUrl());
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode links = document.putArray("links");
        for (String version : new String[] {"2.0", "2.1"}) {
            links.addObject().put("rel", NodeInfoResource.SCHEMA + version).put("href", uris.base() + "/nodeinfo/" + version);
        }
        links.addObject().put("rel", APPLICATION).put("href", uris.instanceActor());
        return Response.ok(document.toString()).type("application/json; charset=utf-8").build();
    }
}
