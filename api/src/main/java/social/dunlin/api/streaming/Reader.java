package social.dunlin.api.streaming;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import social.dunlin.domain.Domain;
import social.dunlin.oauth.AccessToken;

/**
 * One open connection and what it watches. What is sent and not yet taken is counted; a reader that lets too much pile
 * up is cut off, and looks for itself what it missed when it comes again.
 */
abstract class Reader {
    private static final int MOST_STREAMS = 50;
    /** In characters: a hundred posts or so. */
    private static final int MOST_WAITING = 512 * 1024;

    private final AccessToken token;
    private final Domain domain;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile List<StreamName> streams = List.of();
    private volatile boolean closed;

    Reader(AccessToken token, Domain domain) {
        this.token = token;
        this.domain = domain;
    }

    final AccessToken token() {
        return token;
    }

    final long accountId() {
        return token.accountId().orElseThrow();
    }

    /** Where the account is at home. */
    final Domain domain() {
        return domain;
    }

    final List<StreamName> streams() {
        return streams;
    }

    final boolean watches(Predicate<StreamKind> kind) {
        return streams.stream().anyMatch(stream -> kind.test(stream.kind()));
    }

    /** A second time is no second stream. False when it has too many already. */
    final synchronized boolean watch(StreamName stream) {
        if (streams.stream().noneMatch(stream::isSameAs)) {
            if (streams.size() >= MOST_STREAMS) {
                return false;
            }
            List<StreamName> more = new ArrayList<>(streams);
            more.add(stream);
            streams = List.copyOf(more);
        }
        return true;
    }

    final synchronized void leave(StreamName stream) {
        streams = streams.stream().filter(each -> !each.isSameAs(stream)).toList();
    }

    final void tell(StreamName stream, StreamEvent event) {
        send(inWords(stream, event));
    }

    /** Sends, unless it lags too far behind. */
    final void send(String text) {
        if (closed) {
            return;
        }
        if (waiting.addAndGet(text.length()) > MOST_WAITING) {
            closed = true;
            abort();
            return;
        }
        write(text).onComplete(ignored -> waiting.addAndGet(-text.length()));
    }

    /** Ends the connection; nothing is sent afterwards. */
    final void end() {
        if (!closed) {
            closed = true;
            close();
        }
    }

    abstract String inWords(StreamName stream, StreamEvent event);

    abstract Future<Void> write(String text);

    /** Every {@link StreamHub#BEAT}: shows that the connection lives, and looks whether the other side does. */
    abstract void beat();

    abstract void close();

    /** Closes without waiting for the other side, which takes nothing. */
    abstract void abort();
}
