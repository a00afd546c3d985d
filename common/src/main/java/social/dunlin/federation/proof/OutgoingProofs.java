package social.dunlin.federation.proof;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import social.dunlin.activitypub.ActivityJson;
import social.dunlin.activitypub.MalformedDocument;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.federation.key.SigningKeys;
import social.dunlin.federation.signature.IntegrityProof;

/** Adds a proof to what local accounts send, when the settings say so. */
@ApplicationScoped
public class OutgoingProofs {
    private static final String CONTEXT = "https://w3id.org/security/data-integrity/v2";

    private final SigningKeys keys;
    private final boolean wanted;

    public OutgoingProofs(SigningKeys keys, DunlinConfiguration configuration) {
        this.keys = keys;
        this.wanted = configuration.federation().integrityProofs();
    }

    /** The same text, or with a proof by the account's Ed25519 key. */
    public String proven(long accountId, String body) {
        return wanted ? keys.ed25519(accountId).map(key -> signed(body, key)).orElse(body) : body;
    }

    private static String signed(String body, SigningKeys.Ed25519 key) {
        try {
            ObjectNode activity = ActivityJson.parseObject(body.getBytes(StandardCharsets.UTF_8));
            ArrayNode context = activity.arrayNode();
            if (activity.path("@context").isArray()) {
                context.addAll((ArrayNode) activity.get("@context"));
            } else if (activity.has("@context")) {
                context.add(activity.get("@context"));
            }
            context.add(CONTEXT);
            activity.set("@context", context);
            return IntegrityProof.sign(activity, key.keyId(), key.key(), Instant.now()).toString();
        } catch (MalformedDocument impossible) {
            throw new IllegalStateException("our own activity is not JSON", impossible);
        }
    }
}
