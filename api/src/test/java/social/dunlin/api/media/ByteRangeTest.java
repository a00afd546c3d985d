package social.dunlin.api.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import social.dunlin.api.media.ByteRange.Asked;

class ByteRangeTest {
    private static Asked part(long first, long last) {
        return new Asked.Part(new ByteRange(first, last));
    }

    @Test
    void oneRangeIsServed() {
        assertEquals(part(0, 9), ByteRange.of("bytes=0-9", 100));
        assertEquals(part(90, 99), ByteRange.of("bytes=90-", 100));
        assertEquals(part(95, 99), ByteRange.of("bytes=-5", 100));
        assertEquals(part(0, 99), ByteRange.of("bytes=-500", 100));
        assertEquals(part(50, 99), ByteRange.of(" bytes=50-999999999999999999", 100));
        assertEquals(10, new ByteRange(0, 9).length());
    }

    @Test
    void whatMakesNoSenseIsEverything() {
        for (String header : List.of("", "bytes=-", "bytes=9-1", "bytes=1-2,4-5", "lines=1-2", "bytes=a-b", "bytes=99999999999999999999-", "bytes=--1")) {
            assertEquals(new Asked.Everything(), ByteRange.of(header, 100), header);
        }
        assertEquals(new Asked.Everything(), ByteRange.of(null, 100));
    }

    @Test
    void whatLiesBehindTheEndIsOutOfTheFile() {
        assertEquals(new Asked.OutOfFile(), ByteRange.of("bytes=100-", 100));
        assertEquals(new Asked.OutOfFile(), ByteRange.of("bytes=-0", 100));
        assertEquals(new Asked.OutOfFile(), ByteRange.of("bytes=0-", 0));
    }
}
