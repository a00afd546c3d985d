package social.dunlin.media.worker;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.EnumSet;
import java.util.Set;
import org.jboss.logging.Logger;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.config.MediaConfiguration.MediaEngineKind;
import social.dunlin.config.RunMode;
import social.dunlin.media.MediaAbilities;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.worker.engine.PictureEngine;
import social.dunlin.media.worker.film.Ffmpeg;
import social.dunlin.queue.Housekeeping;
import social.dunlin.queue.JobRunner;

/** Says what this role can do, begins its work once the process is up, and ends it before the database goes. */
@ApplicationScoped
@Unremovable
public class MediaRole {
    private static final Logger LOG = Logger.getLogger(MediaRole.class);

    private final RunMode mode;
    private final MediaEngineKind wanted;
    private final JobRunner jobs;
    private final Housekeeping housekeeping;
    private final MediaAbilities abilities;
    private final PictureEngine engine;
    private final Ffmpeg ffmpeg;

    public MediaRole(RunMode mode, DunlinConfiguration configuration, JobRunner jobs, Housekeeping housekeeping, MediaAbilities abilities, PictureEngine engine, Ffmpeg ffmpeg) {
        this.mode = mode;
        this.wanted = configuration.media().engine();
        this.jobs = jobs;
        this.housekeeping = housekeeping;
        this.abilities = abilities;
        this.engine = engine;
        this.ffmpeg = ffmpeg;
    }

    void begin(@Observes StartupEvent event) {
        if (mode.isServing()) {
            if (wanted != MediaEngineKind.AUTOMATIC) {
                LOG.debugf("Pictures by %s, as the settings say; without it there is no start", engine.name());
            }
            // Beside the start, which need not wait until other programs have said what they can do.
            Thread.ofVirtual().name("media abilities").start(this::announce);
            jobs.start();
            housekeeping.start();
        }
    }

    private void announce() {
        try {
            Set<MediaFormat> formats = EnumSet.copyOf(engine.formats());
            formats.addAll(ffmpeg.formats());
            abilities.announce(formats);
            LOG.debugf("Pictures by %s, films %s", engine.name(), ffmpeg.isThere() ? "by ffmpeg" : "not at all");
        } catch (RuntimeException failure) {
            LOG.warnf("Clients cannot be told which files are taken: %s", failure.getMessage());
        }
    }

    void end(@Observes ShutdownEvent event) {
        jobs.stop();
        housekeeping.stop();
    }
}
