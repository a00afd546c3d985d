package social.dunlin.api.entity;

import java.util.Arrays;

/** JSON in the making. */
final class JsonBytes {
    private static final int DIGITS = 20;

    private byte[] buffer;
    private int size;

    JsonBytes(int expected) {
        buffer = new byte[expected];
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

    byte[] toArray() {
        return size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
    }
}
