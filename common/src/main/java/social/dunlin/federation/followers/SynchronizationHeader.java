package social.dunlin.federation.followers;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of the header {@code Collection-Synchronization} (FEP-8fcf).
 *
 * @param collectionId the sender's followers collection
 * @param url          where its part that lives at the receiver is served
 * @param digest       of that part, in hex; see {@link social.dunlin.federation.signature.FollowersDigest}
 */
public record SynchronizationHeader(String collectionId, String url, String digest) {
    public static final String NAME = "Collection-Synchronization";
    private static final Pattern PARAMETER = Pattern.compile("\\s*([A-Za-z]+)=\"([^\"]{0,2048})\"\\s*(,|$)");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    public String value() {
        return "collectionId=\"%s\", url=\"%s\", digest=\"%s\"".formatted(collectionId, url, digest);
    }

    /** Empty when it is not of this form, or names something twice. */
    public static Optional<SynchronizationHeader> parse(String value) {
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(value);
        int end = 0;
        while (matcher.lookingAt()) {
            if (parameters.put(matcher.group(1), matcher.group(2)) != null) {
                return Optional.empty();
            }
            end = matcher.end();
            matcher.region(end, value.length());
        }
        boolean complete = end == value.length() && parameters.containsKey("collectionId") && parameters.containsKey("url")
            && DIGEST.matcher(parameters.getOrDefault("digest", "")).matches();
        return complete ? Optional.of(new SynchronizationHeader(parameters.get("collectionId"), parameters.get("url"), parameters.get("digest")))
            : Optional.empty();
    }
}
