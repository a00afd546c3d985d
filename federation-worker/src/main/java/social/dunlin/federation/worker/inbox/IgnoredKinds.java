package social.dunlin.federation.worker.inbox;

import java.util.Map;

/** Kinds of activity that are understood and not acted on. They are taken with thanks: an error would only bring them again. */
final class IgnoredKinds {
    private static final Map<String, String> REASONS = Map.ofEntries(
        Map.entry("View", "views are the author's server to count"),
        Map.entry("Listen", "what somebody listens to is not kept"),
        Map.entry("Read", "what somebody reads is not kept"),
        Map.entry("Arrive", "where somebody is is not kept"),
        Map.entry("Travel", "where somebody goes is not kept"),
        Map.entry("Ping", "nothing is answered"),
        Map.entry("Pong", "nothing was asked"),
        Map.entry("Join", "there are no events here"),
        Map.entry("Leave", "there are no events here"),
        Map.entry("Invite", "there are no events here"),
        Map.entry("TentativeAccept", "there are no events here"),
        Map.entry("TentativeReject", "there are no events here"),
        Map.entry("Ignore", "nothing was offered"),
        Map.entry("Offer", "nothing is taken on offer"),
        Map.entry("Question", "a poll comes by Create"),
        Map.entry("Lock", "only a community locks, by announcing it"),
        Map.entry("Resolve", "reports are resolved here by moderators of this server"),
        Map.entry("Warn", "warnings are kept where they were given"));

    private IgnoredKinds() {
    }

    /** Why nothing comes of an activity that has no handler. */
    static String reason(String type) {
        return REASONS.getOrDefault(type, "unknown kind");
    }
}
