package social.dunlin.activitypub;

import java.util.List;
import social.dunlin.status.Visibility;

/** To whom something is addressed, and what that means. */
public final class Addressing {
    private Addressing() {
    }

    /**
     * Public in {@code to} is public, in {@code cc} unlisted; the author's followers in either are followers-only (Misskey
     * puts them in {@code cc}); anything else is direct.
     *
     * @param followersUrl of the author; null when unknown
     */
    public static Visibility visibility(List<String> to, List<String> cc, String followersUrl) {
        if (to.stream().anyMatch(ActivityStreams::isPublic)) {
            return Visibility.PUBLIC;
        }
        if (cc.stream().anyMatch(ActivityStreams::isPublic)) {
            return Visibility.UNLISTED;
        }
        boolean followers = followersUrl != null && (to.contains(followersUrl) || cc.contains(followersUrl));
        return followers ? Visibility.PRIVATE : Visibility.DIRECT;
    }

    /** The visibility of a post: its own addresses, or those of the activity that brought it when it has none. */
    public static Visibility visibility(ApNote note, ApActivity carrier, String followersUrl) {
        boolean bare = note.to().isEmpty() && note.cc().isEmpty() && carrier != null;
        return bare ? visibility(carrier.to(), carrier.cc(), followersUrl)
                : visibility(note.to(), note.cc(), followersUrl);
    }
}
