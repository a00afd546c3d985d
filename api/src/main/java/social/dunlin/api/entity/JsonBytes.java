package social.dunlin.api.entity;

import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;

/** JSON in the making. */
final class JsonBytes {
    private static final int DIGITS = 20;
    private static final int LARGEST_KEPT = 128 << 10;
    /** Of pages that are done: a page is some 50 kB, and garbage of that size is what the collector is busy with. */
    private static final ArrayBlockingQueue<byte[]> KEPT = new ArrayBlockingQueue<>(4);

    private byte[] buffer;
    private int size;

    private JsonBytes(byte[] buffer) {
        this.buffer = buffer;
    }

    JsonBytes(int expected) {
        this(new byte[expected]);
    }

    /** For something large that {@link #finish} ends. */
    static JsonBytes large(int expected) {
        byte[] kept = KEPT.poll();
        return kept == null ? new JsonBytes(expected) : new JsonBytes(kept);
    }

    JsonBytes add(byte[] bytes) {
        return add(bytes, 0, bytes.length);
    }

    JsonBytes add(byte[] bytes, int from, int to) {
        grow(to - from);
        System.arraycopy(bytes, from, buffer, size, to - from);
        size += to - from;
        return this;
    }

    /** Text that is JSON and holds nothing but ASCII. */
    JsonBytes add(String json) {
        int length = json.length();
        grow(length);
        for (int index = 0; index < length; index++) {
            buffer[size++] = (byte) json.charAt(index);
        }
        return this;
    }

    JsonBytes add(boolean truth) {
        return add(truth ? "true" : "false");
    }

    JsonBytes add(long number) {
        if (number < 0) {
            return add(Long.toString(number));
        }
        grow(DIGITS);
        int end = size + 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            end++;
        }
        long rest = number;
        for (int at = end - 1; at >= size; at--) {
            buffer[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size = end;
        return this;
    }

    private void grow(int more) {
        if (size + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }

    /** What was written, once; nothing can be added any more. */
    byte[] finish() {
        byte[] written = Arrays.copyOf(buffer, size);
        if (buffer.length <= LARGEST_KEPT) {
            KEPT.offer(buffer);
        }
        buffer = null;
        return written;
    }

    byte[] toArray() {
        return size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
    }
}
