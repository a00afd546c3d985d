package social.dunlin.timeline;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import social.dunlin.queue.PeriodicTask;

/** Keeps home feeds from growing without end. */
@ApplicationScoped
public class HomeTrimmer implements PeriodicTask {
    /** As many as Mastodon keeps, twice. */
    private static final int KEPT = 800;

    private final HomeFeedStore home;

    public HomeTrimmer(HomeFeedStore home) {
        this.home = home;
    }

    @Override
    public String name() {
        return "home-trim";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(6);
    }

    @Override
    public void run() {
        home.trim(KEPT);
    }
}
