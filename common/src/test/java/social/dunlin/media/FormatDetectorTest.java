package social.dunlin.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatDetectorTest {
    private static Optional<MediaFormat> ofText(String text) {
        return FormatDetector.detect(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource({
        "ffd8ffe000104a464946, JPEG", "89504e470d0a1a0a0000000d49484452, PNG", "474946383961, GIF", "524946460000000057454250, WEBP",
        "524946460000000057415645, WAV", "0000001c66747970617669660000000061766966, AVIF", "00000018667479706d696631000000006d69663161766966, AVIF",
        "00000018667479706865696300000000, HEIC", "000000186674797069736f6d00000200, MP4", "00000014667479707174202000000000, QUICKTIME",
        "0000001c667479704d344120000000006d703432, M4A", "000000086d6f6f76, QUICKTIME", "1a45dfa39f4286810142f7810142f2810442f381084282847765626d, WEBM",
        "4f67675300, OGG", "664c614300, FLAC", "494433030000, MP3", "fffb9064, MP3", "fff15080, AAC"})
    void knowsWhatPeopleSend(String hexadecimal, MediaFormat format) {
        assertEquals(Optional.of(format), FormatDetector.detect(HexFormat.of().parseHex(hexadecimal)));
    }

    /** Rows 22, 23, 77 and 79 of the hostile inputs: what a browser would run or a program would follow is no media. */
    @Test
    void hostileInput77_whatIsNoMediaIsNothing() {
        for (String text : List.of("<svg xmlns='http://www.w3.org/2000/svg'/>", "<?xml version='1.0'?><svg/>", "<!DOCTYPE html>", "{\"type\":\"Note\"}", "%PDF-1.7",
                "#EXTM3U\nfile:///etc/passwd", "ffconcat version 1.0", "push graphic-context", "MZ", "", "G", "RIFF", "GIF89", "BM\0\0", "II*\0", "PK\u0003\u0004",
                "\u001a\u0045\u00df\u00a3 matroska", "#!/bin/sh")) {
            assertEquals(Optional.empty(), ofText(text), text);
        }
    }

    @Test
    void aClaimHasToFit() {
        assertTrue(FormatDetector.fits(MediaFormat.JPEG, null));
        assertTrue(FormatDetector.fits(MediaFormat.JPEG, "application/octet-stream"));
        assertTrue(FormatDetector.fits(MediaFormat.JPEG, "IMAGE/JPG; charset=binary"));
        assertTrue(FormatDetector.fits(MediaFormat.M4A, "audio/x-m4a"));
        assertFalse(FormatDetector.fits(MediaFormat.JPEG, "image/png"));
        assertFalse(FormatDetector.fits(MediaFormat.PNG, "application/activity+json"));
        assertFalse(FormatDetector.fits(MediaFormat.GIF, "image/svg+xml"));
        assertFalse(FormatDetector.fits(MediaFormat.MP3, "video/mp4"));
    }
}
