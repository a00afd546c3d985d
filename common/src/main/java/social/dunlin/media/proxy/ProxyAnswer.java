package social.dunlin.media.proxy;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.OptionalLong;

/** What a reader gets. */
public sealed interface ProxyAnswer {
    /** The signature is none of ours. */
    record Forged() implements ProxyAnswer {
    }

    /** There is nothing to be shown, and will not be for a while. */
    record Missing() implements ProxyAnswer {
    }

    /** Not now: the other server is away, or too many are asking. */
    record Later(boolean busy) implements ProxyAnswer {
    }

    /** The reader has it. */
    record Unchanged(String tag) implements ProxyAnswer {
    }

    /** The range lies outside. @param contentRange what the other server says of it */
    record OutOfRange(String contentRange) implements ProxyAnswer {
    }

    /** The copy, where the store lets readers fetch it themselves. @param kept how long the answer may be used again */
    record Elsewhere(String address, String kept) implements ProxyAnswer {
    }

    /**
     * @param status  200 or 206
     * @param headers type, range and tag
     * @param length  when it is known
     */
    record Found(int status, Map<String, String> headers, OptionalLong length, Body body) implements ProxyAnswer {
    }

    /** Read piece by piece; to be closed in any case. */
    interface Body extends AutoCloseable {
        /** Null behind the last one. */
        Buffer next() throws java.io.IOException;

        @Override
        void close();
    }
}
