package social.dunlin.activitypub;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The actor of a local account: the members of federation reference §2.1, which are what all readers together insist on.
 * Every address has the host of the id, as Misskey and Pixelfed demand.
 */
public final class ActorDocument {
    private ActorDocument() {
    }

    public static ObjectNode of(ActorView actor) {
        Uris uris = actor.uris();
        String name = actor.username();
        ObjectNode json = Json.object();
        json.set("@context", Contexts.ACTOR.deepCopy());
        json.put("id", actor.id()).put("type", actor.type()).put("preferredUsername", name)
                .put("webfinger", name + "@" + actor.handleDomain())
                .put("name", actor.suspended() || actor.displayName() == null ? "" : actor.displayName())
                .put("summary", actor.suspended() ? "" : actor.noteHtml())
                .put("url", uris.profilePage(name)).put("inbox", uris.inbox(name)).put("outbox", uris.outbox(name))
                .put("followers", uris.followers(name)).put("following", uris.following(name))
                .put("featured", uris.featured(name)).put("featuredTags", uris.featuredTags(name))
                .put("featuredCollections", uris.featuredCollections(name))
                .put("manuallyApprovesFollowers", actor.manuallyApprovesFollowers())
                .put("discoverable", actor.discoverable()).put("indexable", actor.indexable())
                .put("published", Dates.write(actor.published()));
        if (actor.suspended()) {
            json.put("suspended", true);
        }
        if (actor.memorial()) {
            json.put("memorial", true);
        }
        // Whoever may be found may be put into collections; without a policy nobody might (FEP-7aa9).
        ObjectNode canFeature = json.putObject("interactionPolicy").putObject("canFeature");
        canFeature.set("automaticApproval", Json.strings(List.of(actor.discoverable() ? ActivityStreams.PUBLIC : actor.id())));
        canFeature.set("manualApproval", Json.strings(List.of()));
        Json.putIfPresent(json, "movedTo", actor.movedTo());
        json.set("alsoKnownAs", Json.strings(actor.alsoKnownAs()));
        json.set("attributionDomains", Json.strings(actor.attributionDomains()));
        keys(json, actor);
        json.putObject("endpoints").put("sharedInbox", uris.sharedInbox());
        json.set("tag", TagDocument.tags(actor.suspended() ? List.of() : actor.tags()));
        fields(json.putArray("attachment"), actor.suspended() ? List.of() : actor.fields());
        pictures(json, actor);
        return json;
    }

    private static void keys(ObjectNode json, ActorView actor) {
        json.set("publicKey", publicKey(actor.uris().mainKey(actor.username()), actor.id(), actor.publicKeyPem()));
        if (actor.ed25519Multibase() != null) {
            json.putArray("assertionMethod").addObject()
                    .put("id", actor.uris().ed25519Key(actor.username())).put("type", "Multikey")
                    .put("controller", actor.id()).put("publicKeyMultibase", actor.ed25519Multibase());
        }
    }

    static ObjectNode publicKey(String id, String owner, String pem) {
        return Json.object().put("id", id).put("owner", owner).put("publicKeyPem", pem);
    }

    private static void fields(ArrayNode array, List<ApField> fields) {
        fields.forEach(field -> array.addObject().put("type", "PropertyValue").put("name", field.name())
                .put("value", field.value()));
    }

    private static void pictures(ObjectNode json, ActorView actor) {
        if (actor.icon() != null && !actor.suspended()) {
            json.set("icon", TagDocument.image(actor.icon()));
        }
        if (actor.image() != null && !actor.suspended()) {
            json.set("image", TagDocument.image(actor.image()));
        }
    }
}
