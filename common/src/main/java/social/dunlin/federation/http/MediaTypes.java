package social.dunlin.federation.http;

import java.util.List;
import java.util.Locale;

/** The content types of federation. What is merely JSON never counts as ActivityPub: it may be a user's upload. */
public final class MediaTypes {
    public static final String ACTIVITY_JSON = "application/activity+json";
    public static final String ACCEPT_ACTIVITY =
            "application/activity+json, application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";
    private static final String ACTIVITY_STREAMS = "https://www.w3.org/ns/activitystreams";

    private MediaTypes() {
    }

    public static boolean isActivity(String contentType) {
        return switch (essence(contentType)) {
            case ACTIVITY_JSON -> true;
            case "application/ld+json" -> namesActivityStreams(contentType);
            default -> false;
        };
    }

    /** WebFinger and NodeInfo: any JSON. */
    public static boolean isJson(String contentType) {
        String essence = essence(contentType);
        return essence.equals("application/json") || essence.startsWith("application/") && essence.endsWith("+json");
    }

    public static boolean isHtml(String contentType) {
        String essence = essence(contentType);
        return essence.equals("text/html") || essence.equals("application/xhtml+xml");
    }

    private static String essence(String contentType) {
        int parameters = contentType.indexOf(';');
        String essence = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return essence.strip().toLowerCase(Locale.ROOT);
    }

    private static boolean namesActivityStreams(String contentType) {
        for (String parameter : contentType.split(";")) {
            String[] pair = parameter.strip().split("=", 2);
            if (pair.length == 2 && pair[0].strip().equalsIgnoreCase("profile")) {
                String profiles = pair[1].strip().replace("\"", "");
                return List.of(profiles.split("\\s+")).contains(ACTIVITY_STREAMS);
            }
        }
        return false;
    }
}
