package social.dunlin.activitypub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jsoup.nodes.Entities;

/** What is written about collections of accounts (FEP-7aa9): themselves, their changes, and the consent of who stands in them. */
public final class FeatureDocuments {
    private FeatureDocuments() {
    }

    /**
     * A collection made here.
     *
     * @param description plain text
     * @param language    null = not said
     * @param topic       null = none
     */
    public record Collection(String id, String maker, String name, String description, String language, boolean sensitive, boolean discoverable,
                             ApTag.Hashtag topic, Instant published, Instant updated, List<Member> members) {
    }

    /** @param authorization address of the member's consent */
    public record Member(String id, String account, String accountType, String authorization) {
        private ObjectNode json() {
            return Json.object().put("id", id).put("type", "FeaturedItem").put("featuredObject", account).put("featuredObjectType", accountType)
                    .put("featureAuthorization", authorization);
        }
    }

    public static ObjectNode of(Collection collection) {
        return Json.withContext(Contexts.FEATURE, embedded(collection));
    }

    private static ObjectNode embedded(Collection collection) {
        ObjectNode json = Json.object().put("id", collection.id).put("type", "FeaturedCollection").put("attributedTo", collection.maker)
                .put("name", collection.name);
        String summary = Entities.escape(collection.description);
        json.put("summary", summary);
        if (collection.language != null) {
            json.putObject("summaryMap").put(collection.language, summary);
        }
        json.put("sensitive", collection.sensitive).put("discoverable", collection.discoverable);
        if (collection.topic != null) {
            json.set("topic", TagDocument.tag(collection.topic));
        }
        json.put("published", Dates.write(collection.published)).put("updated", Dates.write(collection.updated))
                .put("totalItems", collection.members.size());
        json.putArray("orderedItems").addAll(collection.members.stream().map(Member::json).toList());
        return json;
    }

    /** @param target the maker's list of collections */
    public static ObjectNode added(String id, Collection collection, String target) {
        return about(id, "Add", collection.maker, embedded(collection)).put("target", target);
    }

    public static ObjectNode updated(String id, Collection collection) {
        return about(id, "Update", collection.maker, embedded(collection));
    }

    public static ObjectNode memberAdded(String id, String maker, Member member, String collection) {
        return about(id, "Add", maker, member.json()).put("target", collection);
    }

    private static ObjectNode about(String id, String type, String actor, ObjectNode object) {
        ObjectNode json = Json.object().put("id", id).put("type", type).put("actor", actor);
        json.set("to", Json.strings(List.of(ActivityStreams.PUBLIC)));
        json.set("object", object);
        return Json.withContext(Contexts.FEATURE, json);
    }

    /** A request of somebody else's, as far as an answer repeats it. @param collection its {@code instrument} */
    public record Asked(String id, String actor, String member, String collection) {
    }

    /** @param authorization address of the consent */
    public static ObjectNode accept(String id, Asked request, String authorization) {
        return answer(id, "Accept", request).put("result", authorization);
    }

    public static ObjectNode reject(String id, Asked request) {
        return answer(id, "Reject", request);
    }

    private static ObjectNode answer(String id, String type, Asked request) {
        ObjectNode asked = Json.object();
        Json.putIfPresent(asked, "id", request.id).put("type", "FeatureRequest").put("actor", request.actor).put("object", request.member)
                .put("instrument", request.collection);
        ObjectNode json = Json.object().put("id", id).put("type", type).put("actor", request.member).put("to", request.actor);
        json.set("object", asked);
        return Json.withContext(Contexts.FEATURE, json);
    }

    /** The consent of an account to stand in a collection. */
    public static ObjectNode authorization(String id, String member, String collection) {
        return Json.withContext(Contexts.FEATURE, Json.object().put("id", id).put("type", "FeatureAuthorization")
                .put("interactingObject", collection).put("interactionTarget", member));
    }

    /** Takes a consent back. */
    public static ObjectNode revocation(String id, String member, String authorization) {
        ObjectNode json = Json.object().put("id", id).put("type", "Delete").put("actor", member);
        json.set("to", Json.strings(List.of(ActivityStreams.PUBLIC)));
        return Json.withContext(Contexts.FEATURE, json.put("object", authorization));
    }

    /** True when a fetched document is this account's consent to this collection. */
    public static boolean isAuthorization(ApObject document, String member, String collection) {
        return document.isA("FeatureAuthorization") && member.equals(document.id("interactionTarget"))
                && collection.equals(document.id("interactingObject"));
    }
}
