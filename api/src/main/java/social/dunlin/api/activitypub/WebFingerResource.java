package social.dunlin.api.activitypub;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import social.dunlin.account.Account;
import social.dunlin.activitypub.Uris;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.domain.Domain;
import social.dunlin.federation.http.MediaTypes;
import social.dunlin.refusal.Refusal;

/** Who is behind a handle or an address (RFC 7033), each domain for its own people. Never asks for a signature. */
@Path("/")
@RunOnVirtualThread
public class WebFingerResource {
    private static final String PROFILE_PAGE = "http://webfinger.net/rel/profile-page";
    private static final String SUBSCRIBE = "http://ostatus.org/schema/1.0/subscribe";
    private static final String SERVICE = "https://www.w3.org/ns/activitystreams#Service";

    private final Caller caller;
    private final LocalActors actors;

    public WebFingerResource(Caller caller, LocalActors actors) {
        this.caller = caller;
        this.actors = actors;
    }

    @GET
    @Path("/.well-known/webfinger")
    @Access(Level.PUBLIC)
    public Response find(@QueryParam("resource") String resource) {
        Domain domain = caller.domain();
        ObjectNode descriptor = switch (FingerResource.read(resource, domain)) {
            case FingerResource.Person(String name) -> person(domain, actors.existing(domain, name));
            case FingerResource.Instance instance -> instance(domain);
            case FingerResource.Stranger stranger -> throw Refusal.notFound();
            case FingerResource.Malformed malformed -> throw Refusal.badRequest("The resource is missing or malformed");
        };
        return Response.ok(descriptor.toString()).type("application/jrd+json; charset=utf-8").build();
    }

    private static ObjectNode person(Domain domain, Account account) {
        Uris uris = new Uris(domain.baseUrl());
        String page = uris.profilePage(account.username());
        ObjectNode descriptor = descriptor(account.username() + "@" + domain.name(), page, account.uri());
        ArrayNode links = descriptor.putArray("links");
        links.addObject().put("rel", PROFILE_PAGE).put("type", "text/html").put("href", page);
        links.addObject().put("rel", "self").put("type", MediaTypes.ACTIVITY_JSON).put("href", account.uri());
        links.addObject().put("rel", SUBSCRIBE).put("template", uris.base() + "/authorize_interaction?uri={uri}");
        return descriptor;
    }

    private static ObjectNode instance(Domain domain) {
        Uris uris = new Uris(domain.baseUrl());
        ObjectNode descriptor = descriptor(uris.host() + "@" + uris.host(), uris.base() + "/", uris.instanceActor());
        ArrayNode links = descriptor.putArray("links");
        links.addObject().put("rel", "self").put("type", MediaTypes.ACTIVITY_JSON).put("href", uris.instanceActor());
        links.addObject().put("rel", SERVICE).put("type", MediaTypes.ACTIVITY_JSON).put("href", uris.instanceActor());
        return descriptor;
    }

    private static ObjectNode descriptor(String handle, String... aliases) {
        ObjectNode descriptor = JsonNodeFactory.instance.objectNode().put("subject", "acct:" + handle);
        ArrayNode array = descriptor.putArray("aliases");
        for (String alias : aliases) {
            array.add(alias);
        }
        return descriptor;
    }

    @GET
    @Path("/.well-known/host-meta")
    @Access(Level.PUBLIC)
    public Response hostMeta() {
        return Response.ok("""
            <?xml version="1.0" encoding="UTF-8"?>
            <XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">
              <Link rel="lrdd" template="%s"/>
            </XRD>
            """.formatted(template())).type("application/xrd+xml; charset=utf-8").build();
    }

    @GET
    @Path("/.well-known/host-meta.json")
    @Access(Level.PUBLIC)
    public Response hostMetaJson() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putArray("links").addObject().put("rel", "lrdd").put("type", "application/jrd+json").put("template", template());
        return Response.ok(document.toString()).type("application/json; charset=utf-8").build();
    }

    private String template() {
        return caller.domain().baseUrl() + "/.well-known/webfinger?resource={uri}";
    }
}
