package social.dunlin.federation.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.stream.Stream;

/**
 * Which event loop talks to a host: always the same one, so that its connections are opened and used there and their
 * locks never wait for another thread. Virtual threads that use a connection themselves contend for them with the loop.
 */
final class HostLoops {
    private final Context[] loops;

    HostLoops(Vertx vertx) {
        // Vert.x gives each new context the next of its loops.
        this.loops = Stream.generate(((VertxInternal) vertx)::createEventLoopContext).limit(Runtime.getRuntime().availableProcessors()).toArray(Context[]::new);
    }

    Context of(String hostName) {
        return loops[Math.floorMod(hostName.hashCode(), loops.length)];
    }
}
