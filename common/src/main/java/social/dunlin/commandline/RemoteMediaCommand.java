package social.dunlin.commandline;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import social.dunlin.commandline.Invocation.PruneRemoteMedia;
import social.dunlin.commandline.Invocation.RejectMedia;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.id.Host;
import social.dunlin.media.cache.CacheUpkeep;
import social.dunlin.media.cache.CachedMediaStore;
import social.dunlin.media.cache.Removed;
import social.dunlin.media.proxy.MediaRejections;
import social.dunlin.refusal.Refusal;

/** {@code dunlin admin media prune --remote|reject|accept|rejected}. */
@ApplicationScoped
class RemoteMediaCommand {
    private final CacheUpkeep upkeep;
    private final CachedMediaStore cached;
    private final MediaRejections rejections;
    private final DunlinConfiguration configuration;

    RemoteMediaCommand(CacheUpkeep upkeep, CachedMediaStore cached, MediaRejections rejections, DunlinConfiguration configuration) {
        this.upkeep = upkeep;
        this.cached = cached;
        this.rejections = rejections;
        this.configuration = configuration;
    }

    void prune(PruneRemoteMedia wanted, PrintStream out) {
        int days = wanted.days().orElse(configuration.remoteMedia().cacheDays());
        if (wanted.dryRun()) {
            Removed doomed = expected(days);
            out.printf("%d copies with %d MB would go, of %d with %d MB; nothing was deleted%n", doomed.blobs(), doomed.bytes() >> 20, cached.count(), cached.bytes() >> 20);
            return;
        }
        Removed removed = prune(days);
        out.printf("%d copies with %d MB are gone, %d with %d MB are left%n", removed.blobs(), removed.bytes() >> 20, cached.count(), cached.bytes() >> 20);
    }

    void reject(RejectMedia wanted, PrintStream out) {
        Host host = Host.tryParse(wanted.host()).orElseThrow(() -> Refusal.unprocessable("'%s' is no name of a server.".formatted(wanted.host())));
        if (wanted.rejected()) {
            rejections.reject(host);
            prune(configuration.remoteMedia().cacheDays());
        } else {
            rejections.accept(host);
        }
        list(out);
    }

    void list(PrintStream out) {
        rejections.all().forEach(out::println);
    }

    private Removed expected(int days) {
        try {
            return upkeep.expected(days);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Removed prune(int days) {
        try {
            return upkeep.prune(days);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
