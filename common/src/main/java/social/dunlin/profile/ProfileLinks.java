package social.dunlin.profile;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import social.dunlin.account.ProfileField;
import social.dunlin.id.ObjectUri;
import social.dunlin.queue.Job;
import social.dunlin.queue.Jobs;

/** Leaves the job that looks whether the pages a profile names link back to it, in the transaction that writes the profile. */
@ApplicationScoped
public class ProfileLinks {
    public static final String KIND = "profile-links";
    /** Whoever saves again and again sends us to a page once. */
    private static final Duration REST = Duration.ofSeconds(3);

    private final Jobs jobs;

    public ProfileLinks(Jobs jobs) {
        this.jobs = jobs;
    }

    void written(long accountId, List<ProfileField> fields) {
        if (fields.stream().anyMatch(field -> link(field).isPresent())) {
            String id = Long.toString(accountId);
            jobs.enqueue(Job.of(KIND, id).uniqueBy(id).notBefore(Instant.now().plus(REST)));
        }
    }

    /** The page whose link back is still to be seen. A field that holds more than an address, or one that is not encrypted, names none. */
    static Optional<ObjectUri> link(ProfileField field) {
        return Optional.ofNullable(field.source()).filter(source -> field.verifiedAt() == null && source.startsWith("https://"))
            .flatMap(ObjectUri::tryParse).filter(ObjectUri::isHttps);
    }
}
