package social.dunlin.activitypub;

import java.util.ArrayList;
import java.util.List;
import social.dunlin.status.Visibility;

/** Whom a document is addressed to. */
public record Audience(List<String> to, List<String> cc) {
    public static final Audience NOBODY = new Audience(List.of(), List.of());

    public Audience {
        to = List.copyOf(to);
        cc = List.copyOf(cc);
    }

    /**
     * @param followersUrl of the author
     * @param mentioned    ids of the actors mentioned
     * @throws IllegalArgumentException for visibilities that never leave this server
     */
    public static Audience of(Visibility visibility, String followersUrl, List<String> mentioned) {
        return switch (visibility) {
            case PUBLIC -> new Audience(List.of(ActivityStreams.PUBLIC), with(followersUrl, mentioned));
            case UNLISTED -> new Audience(List.of(followersUrl), with(ActivityStreams.PUBLIC, mentioned));
            case PRIVATE -> new Audience(List.of(followersUrl), mentioned);
            case DIRECT -> new Audience(mentioned, List.of());
            case LOCAL, LOCAL_UNLISTED -> throw new IllegalArgumentException("a local post has no audience elsewhere");
        };
    }

    private static List<String> with(String first, List<String> others) {
        List<String> all = new ArrayList<>(others.size() + 1);
        all.add(first);
        all.addAll(others);
        return all;
    }
}
