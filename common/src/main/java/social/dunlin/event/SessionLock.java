package social.dunlin.event;

import java.util.function.Consumer;

/**
 * An advisory lock that is to be held by the connection that listens.
 *
 * @param held told, on the event loop, when it has been taken and when it is gone
 */
record SessionLock(long number, Consumer<Boolean> held) {
}
