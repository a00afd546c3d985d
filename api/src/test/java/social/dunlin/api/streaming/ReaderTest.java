package social.dunlin.api.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import social.dunlin.domain.Domain;
import social.dunlin.oauth.AccessToken;
import social.dunlin.oauth.Scopes;
import social.dunlin.refusal.Refusal;

class ReaderTest {
    private static final String KILOBYTE = "x".repeat(1024);

    /** Takes what it is given when the test says so. */
    private static final class Slow extends Reader {
        private final List<Promise<Void>> offered = new ArrayList<>();
        private boolean aborted;
        private boolean closed;

        Slow() {
            super(new AccessToken(1, 1, OptionalLong.of(1), OptionalLong.of(1), OptionalLong.of(1), Scopes.of("read")),
                new Domain(1, "village.example", "village.example", true, null, null, null));
        }

        @Override
        String inWords(StreamName stream, StreamEvent event) {
            return event.message(stream);
        }

        @Override
        Future<Void> write(String text) {
            Promise<Void> promise = Promise.promise();
            offered.add(promise);
            return promise.future();
        }

        @Override
        void beat() {
            // Its own life is not looked at here.
        }

        @Override
        void close() {
            closed = true;
        }

        @Override
        void abort() {
            aborted = true;
        }
    }

    @Test
    void readerThatTakesNothingIsCutOffAndGetsNoMore() {
        Slow reader = new Slow();
        for (int sent = 0; sent < 10_000; sent++) {
            reader.send(KILOBYTE);
        }
        assertTrue(reader.aborted);
        assertEquals(512, reader.offered.size());
    }

    @Test
    void readerThatKeepsUpGetsEverything() {
        Slow reader = new Slow();
        for (int sent = 0; sent < 10_000; sent++) {
            reader.send(KILOBYTE);
            reader.offered.getLast().complete();
        }
        assertFalse(reader.aborted);
        assertEquals(10_000, reader.offered.size());
    }

    @Test
    void nothingIsSentAfterTheEnd() {
        Slow reader = new Slow();
        reader.end();
        reader.send(KILOBYTE);
        assertTrue(reader.closed);
        assertEquals(0, reader.offered.size());
    }

    @Test
    void watchingTwiceIsWatchingOnceAndTagsMeetInAnySpelling() {
        Slow reader = new Slow();
        assertTrue(reader.watch(StreamName.of("hashtag", "Straße", null, Scopes.of("read"))));
        assertTrue(reader.watch(StreamName.of("hashtag", "STRASSE", null, Scopes.of("read"))));
        assertEquals(List.of("[\"hashtag\",\"Straße\"]"), reader.streams().stream().map(StreamName::json).toList());
        reader.leave(StreamName.of("hashtag", "strasse", null, Scopes.of("read")));
        assertEquals(List.of(), reader.streams());
    }

    @Test
    void streamsOfOneReaderAreBounded() {
        Slow reader = new Slow();
        int watched = 0;
        while (reader.watch(StreamName.of("hashtag", "tag" + watched, null, Scopes.of("read")))) {
            watched++;
        }
        assertEquals(50, watched);
    }

    @Test
    void scopesOpenStreamsAsInMastodon() {
        assertEquals(StreamKind.USER, StreamName.of("user", null, null, Scopes.of("read:statuses")).kind());
        assertEquals(StreamKind.USER_NOTIFICATION, StreamName.of("user:notification", null, null, Scopes.of("read:notifications")).kind());
        assertEquals(401, assertThrows(Refusal.class, () -> StreamName.of("user:notification", null, null, Scopes.of("read:statuses"))).status());
        assertEquals(401, assertThrows(Refusal.class, () -> StreamName.of("user", null, null, Scopes.of("read:notifications", "push"))).status());
        assertEquals(400, assertThrows(Refusal.class, () -> StreamName.of("hashtag", null, null, Scopes.of("read"))).status());
        assertEquals(400, assertThrows(Refusal.class, () -> StreamName.of("hashtag", "no tag", null, Scopes.of("read"))).status());
        assertEquals(400, assertThrows(Refusal.class, () -> StreamName.of(null, null, null, Scopes.of("read"))).status());
    }
}
