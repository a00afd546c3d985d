package social.dunlin.activitypub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;

/** The JSON-LD contexts of what we write: every member we use has its meaning there. */
final class Contexts {
    static final JsonNode PLAIN = TextNode.valueOf("https://www.w3.org/ns/activitystreams");

    static final JsonNode ACTOR = parse("""
            ["https://www.w3.org/ns/activitystreams",
             "https://w3id.org/security/v1",
             "https://www.w3.org/ns/did/v1",
             "https://w3id.org/security/multikey/v1",
             "https://purl.archive.org/socialweb/webfinger",
             {"manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
              "alsoKnownAs": {"@id": "as:alsoKnownAs", "@type": "@id"},
              "movedTo": {"@id": "as:movedTo", "@type": "@id"},
              "Hashtag": "as:Hashtag",
              "toot": "http://joinmastodon.org/ns#",
              "Emoji": "toot:Emoji",
              "featured": {"@id": "toot:featured", "@type": "@id"},
              "featuredTags": {"@id": "toot:featuredTags", "@type": "@id"},
              "featuredCollections": {"@id": "https://w3id.org/fep/7aa9#featuredCollections", "@type": "@id"},
              "gts": "https://gotosocial.org/ns#",
              "interactionPolicy": {"@id": "gts:interactionPolicy", "@type": "@id"},
              "canFeature": {"@id": "https://w3id.org/fep/7aa9#canFeature", "@type": "@id"},
              "automaticApproval": {"@id": "gts:automaticApproval", "@type": "@id"},
              "manualApproval": {"@id": "gts:manualApproval", "@type": "@id"},
              "discoverable": "toot:discoverable",
              "indexable": "toot:indexable",
              "suspended": "toot:suspended",
              "memorial": "toot:memorial",
              "attributionDomains": {"@id": "toot:attributionDomains", "@type": "@id"},
              "blurhash": "toot:blurhash",
              "schema": "http://schema.org#",
              "PropertyValue": "schema:PropertyValue",
              "value": "schema:value"}]
            """);

    static final JsonNode NOTE = parse("""
            ["https://www.w3.org/ns/activitystreams",
             {"sensitive": "as:sensitive",
              "Hashtag": "as:Hashtag",
              "quoteUrl": "as:quoteUrl",
              "ostatus": "http://ostatus.org#",
              "atomUri": "ostatus:atomUri",
              "inReplyToAtomUri": "ostatus:inReplyToAtomUri",
              "conversation": "ostatus:conversation",
              "toot": "http://joinmastodon.org/ns#",
              "Emoji": "toot:Emoji",
              "blurhash": "toot:blurhash",
              "focalPoint": {"@container": "@list", "@id": "toot:focalPoint"},
              "votersCount": "toot:votersCount",
              "quote": {"@id": "https://w3id.org/fep/044f#quote", "@type": "@id"},
              "quoteAuthorization": {"@id": "https://w3id.org/fep/044f#quoteAuthorization", "@type": "@id"},
              "quoteUri": "http://fedibird.com/ns#quoteUri",
              "_misskey_quote": "https://misskey-hub.net/ns#_misskey_quote",
              "gts": "https://gotosocial.org/ns#",
              "interactionPolicy": {"@id": "gts:interactionPolicy", "@type": "@id"},
              "canQuote": {"@id": "gts:canQuote", "@type": "@id"},
              "automaticApproval": {"@id": "gts:automaticApproval", "@type": "@id"},
              "manualApproval": {"@id": "gts:manualApproval", "@type": "@id"}}]
            """);

    /** Answers by emoji (FEP-c0e0). */
    static final JsonNode REACTION = parse("""
            ["https://www.w3.org/ns/activitystreams",
             {"litepub": "http://litepub.social/ns#",
              "EmojiReact": "litepub:EmojiReact",
              "toot": "http://joinmastodon.org/ns#",
              "Emoji": "toot:Emoji"}]
            """);

    /** Stamps and answers to requests (FEP-044f). */
    static final JsonNode QUOTE = parse("""
            ["https://www.w3.org/ns/activitystreams",
             {"QuoteRequest": "https://w3id.org/fep/044f#QuoteRequest",
              "QuoteAuthorization": "https://w3id.org/fep/044f#QuoteAuthorization",
              "gts": "https://gotosocial.org/ns#",
              "interactingObject": {"@id": "gts:interactingObject", "@type": "@id"},
              "interactionTarget": {"@id": "gts:interactionTarget", "@type": "@id"}}]
            """);

    /** Collections of accounts and the consent of who stands in them (FEP-7aa9). */
    static final JsonNode FEATURE = parse("""
            ["https://www.w3.org/ns/activitystreams",
             {"sensitive": "as:sensitive",
              "Hashtag": "as:Hashtag",
              "toot": "http://joinmastodon.org/ns#",
              "discoverable": "toot:discoverable",
              "FeaturedCollection": "https://w3id.org/fep/7aa9#FeaturedCollection",
              "FeaturedItem": "https://w3id.org/fep/7aa9#FeaturedItem",
              "FeatureRequest": "https://w3id.org/fep/7aa9#FeatureRequest",
              "FeatureAuthorization": "https://w3id.org/fep/7aa9#FeatureAuthorization",
              "topic": {"@id": "https://w3id.org/fep/7aa9#topic", "@type": "@id"},
              "featuredObject": {"@id": "https://w3id.org/fep/7aa9#featuredObject", "@type": "@id"},
              "featuredObjectType": {"@id": "https://w3id.org/fep/7aa9#featuredObjectType", "@type": "@vocab"},
              "featureAuthorization": {"@id": "https://w3id.org/fep/7aa9#featureAuthorization", "@type": "@id"},
              "gts": "https://gotosocial.org/ns#",
              "interactingObject": {"@id": "gts:interactingObject", "@type": "@id"},
              "interactionTarget": {"@id": "gts:interactionTarget", "@type": "@id"}}]
            """);

    /** A request holds the whole quoting post. */
    static final JsonNode QUOTE_REQUEST = ((ArrayNode) NOTE.deepCopy()).add(
            JsonNodeFactory.instance.objectNode().put("QuoteRequest", "https://w3id.org/fep/044f#QuoteRequest"));

    private Contexts() {
    }

    private static JsonNode parse(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a context constant is not JSON", broken);
        }
    }
}
