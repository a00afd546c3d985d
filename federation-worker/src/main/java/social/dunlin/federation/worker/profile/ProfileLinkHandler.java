package social.dunlin.federation.worker.profile;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.profile.ProfileLinkCheck;
import social.dunlin.profile.ProfileLinks;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;

/** Verifies the links of a profile. A page that does not answer is no failure: its owner saves the profile again. */
@ApplicationScoped
public class ProfileLinkHandler implements JobHandler {
    private final ProfileLinkCheck check;

    public ProfileLinkHandler(ProfileLinkCheck check) {
        this.check = check;
    }

    @Override
    public String kind() {
        return ProfileLinks.KIND;
    }

    @Override
    public void handle(JobRun run) {
        check.check(Long.parseLong(run.payload()));
    }
}
