package social.dunlin.activitypub;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The actor of a whole domain: signs what is fetched for nobody in particular. To be served without a signature. */
public final class InstanceActorDocument {
    private InstanceActorDocument() {
    }

    public static ObjectNode of(Uris uris, String publicKeyPem) {
        String id = uris.instanceActor();
        ObjectNode json = Json.object();
        json.set("@context", Contexts.ACTOR.deepCopy());
        json.put("id", id).put("type", "Application").put("preferredUsername", uris.host())
                .put("webfinger", uris.host() + "@" + uris.host()).put("name", uris.host()).put("summary", "")
                .put("url", uris.base() + "/about").put("inbox", id + "/inbox").put("outbox", id + "/outbox")
                .put("manuallyApprovesFollowers", true).put("discoverable", false).put("indexable", false);
        json.set("publicKey", ActorDocument.publicKey(uris.instanceActorKey(), id, publicKeyPem));
        json.putObject("endpoints").put("sharedInbox", uris.sharedInbox());
        return json;
    }
}
