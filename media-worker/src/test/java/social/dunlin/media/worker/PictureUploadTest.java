package social.dunlin.media.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.SamplePictures.bytes;
import static social.dunlin.testing.SamplePictures.gradient;
import static social.dunlin.testing.SamplePictures.quarters;
import static social.dunlin.testing.SamplePictures.tellingGif;
import static social.dunlin.testing.SamplePictures.tellingJpeg;
import static social.dunlin.testing.SamplePictures.tellingPng;
import static social.dunlin.testing.SamplePictures.tellingWebp;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import social.dunlin.database.Database;
import social.dunlin.media.MediaAttachment;
import social.dunlin.media.MediaUpload.Purpose;
import social.dunlin.media.MediaUploads.Wish;
import social.dunlin.media.UnattachedMedia;
import social.dunlin.media.worker.engine.JavaEngine;
import social.dunlin.media.worker.engine.NoEngine;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.NewStatus;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.SamplePictures;

/** With Java's decoders, which are there everywhere; what the engines have in common is in their contract. */
@ExtendWith(DatabaseExtension.class)
class PictureUploadTest {
    @TempDir
    static Path folder;
    private static MediaWorld world;

    @BeforeEach
    void world(Database database, Vertx vertx, PgConnectOptions options) {
        if (world == null) {
            world = new MediaWorld(database, vertx, options, folder, JavaEngine.find().orElseThrow());
        }
    }

    private static void assertRefused(String text, byte[] bytes, String claimed) {
        Refusal refusal = assertThrows(Refusal.class, () -> world.uploads.attachment(world.statuses.village.account(ALICE), world.sent(bytes, claimed), Wish.NOTHING));
        assertEquals(422, refusal.status());
        assertTrue(refusal.getMessage().contains(text), refusal.getMessage());
    }

    @Test
    void aPictureBecomesAnAttachmentWithEverythingClientsShow() throws Exception {
        MediaAttachment waiting = world.upload(ALICE, tellingJpeg(gradient(1200, 800), 6), new Wish(" A dunlin ", 0.5, -0.25, false));
        assertEquals("waiting", waiting.state());
        assertNull(waiting.blob());
        MediaAttachment ready = world.processed(waiting);
        assertTrue(ready.isReady());
        assertEquals("image", ready.type());
        assertEquals("image/jpeg", ready.contentType());
        assertEquals("A dunlin", ready.description());
        assertEquals(-0.25f, ready.focusY());
        assertEquals(36, ready.blurhash().length());
        JsonNode meta = new ObjectMapper().readTree(ready.meta());
        assertEquals("800x1200", meta.at("/original/size").asText(), "as people see it");
        assertEquals("400x600", meta.at("/small/size").asText());
        assertTrue(meta.at("/colors/background").asText().matches("#[0-9a-f]{6}"));
        assertTrue(ready.blob().matches("picture/[0-9a-f]{32}\\.jpg"), "nobody guesses " + ready.blob());
    }

    @Test
    void whoWaitsLearnsThatItIsReadyOrThatNothingCameOfIt() throws Exception {
        MediaAttachment waiting = world.upload(ALICE, bytes(quarters(40, 40), "png"), Wish.NOTHING);
        assertEquals("waiting", world.uploads.await(waiting, Duration.ZERO).state());
        CompletableFuture<MediaAttachment> answer = CompletableFuture.supplyAsync(() -> world.uploads.await(waiting, Duration.ofHours(1)));
        world.work();
        assertTrue(answer.get().isReady());
        long avatar = world.uploads.profilePicture(world.statuses.village.account(ALICE), Purpose.AVATAR, world.sent(SamplePictures.pngOfSize(900, 900), null));
        world.work();
        assertThrows(Refusal.class, () -> world.uploads.await(avatar, Duration.ofHours(1)));
    }

    /** Of every container, and in every file that is served: neither the place nor any name. */
    @Test
    void noServedByteTellsOfPeople() throws Exception {
        for (byte[] picture : List.of(tellingJpeg(quarters(80, 40), 3), tellingPng(quarters(80, 40), 3), tellingGif(80, 40, 1), tellingWebp(3))) {
            assertTrue(SamplePictures.tells(picture));
            MediaAttachment ready = world.processed(world.upload(ALICE, picture, Wish.NOTHING));
            assertFalse(SamplePictures.tells(world.bytes(ready.blob())), ready.blob());
            assertFalse(SamplePictures.tells(world.bytes(ready.previewBlob())), ready.previewBlob());
        }
        world.upkeep.deleteUnused();
        for (Path file : world.files()) {
            assertFalse(SamplePictures.tells(Files.readAllBytes(file)), file.toString());
        }
    }

    @Test
    void whoWantsToKeepItsMetadataDoes() throws Exception {
        MediaAttachment ready = world.processed(world.upload(BOB, tellingJpeg(quarters(80, 40), 1), new Wish(null, null, null, true)));
        assertTrue(SamplePictures.tells(world.bytes(ready.blob())));
        assertFalse(SamplePictures.tells(world.bytes(ready.previewBlob())));
        world.database.execute("delete from media_attachment where id = $1", ready.id());
    }

    @Test
    void withoutAnEnginePicturesAreStrippedAndHaveNoThumbnail(@TempDir Path other) throws Exception {
        MediaWorld bare = new MediaWorld(world.statuses, other, new NoEngine());
        MediaAttachment ready = bare.processed(bare.upload(ALICE, tellingJpeg(quarters(80, 40), 1), Wish.NOTHING));
        assertTrue(ready.isReady());
        assertNull(ready.previewBlob());
        assertNull(ready.blurhash());
        assertFalse(SamplePictures.tells(bare.bytes(ready.blob())));
        world.database.execute("delete from media_attachment where id = $1", ready.id());
    }

    /** Rows 22, 23 and 77 of the hostile inputs: what is no media, or another than is said, is not taken. */
    @Test
    void hostileInput77_whatIsNoMediaIsRefused() {
        assertRefused("content type is invalid", "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(), "image/svg+xml");
        assertRefused("content type is invalid", "{\"type\":\"Note\"}".getBytes(), "application/activity+json");
        assertRefused("content type is invalid", "#EXTM3U\nfile:///etc/passwd".getBytes(), "video/mp4");
        assertRefused("content type is invalid", new byte[0], "image/png");
        assertRefused("not what they are reported to be", bytes(quarters(4, 4), "png"), "image/jpeg");
        assertRefused("not what they are reported to be", bytes(quarters(4, 4), "png"), "application/activity+json");
    }

    /** Row 80 of the hostile inputs: refused by the header, before anybody decodes. */
    @Test
    void hostileInput80_bombsAreRefused() {
        assertRefused("too large", SamplePictures.pngOfSize(60_000, 60_000), "image/png");
        assertRefused("too large", SamplePictures.pngOfSize(2_001, 2_000), "image/png");
        assertRefused("too many frames", tellingGif(2, 2, 3_001), "image/gif");
        assertRefused("damaged", Arrays.copyOf(bytes(quarters(40, 40), "jpg"), 300), "image/jpeg");
    }

    /** Row 77 of the hostile inputs: a picture that is a page, a script or an archive as well is only a picture afterwards. */
    @Test
    void hostileInput77_polyglotsLoseTheirOtherHalf(@TempDir Path other) throws Exception {
        MediaWorld bare = new MediaWorld(world.statuses, other, new NoEngine());
        byte[] payload = ("<script>" + SamplePictures.SECRET + "</script>PK\3\4%PDF-1.7 */=1;").getBytes();
        byte[] gif = tellingGif(20, 20, 1);
        // "GIF89a" and then a width that begins a comment of JavaScript, closed behind the picture.
        gif[6] = '/';
        gif[7] = '*';
        for (byte[] polyglot : List.of(SamplePictures.join(tellingJpeg(quarters(40, 20), 1), payload), SamplePictures.join(tellingPng(quarters(40, 20), 1), payload),
                SamplePictures.join(gif, payload), SamplePictures.join(tellingWebp(1), payload))) {
            MediaAttachment ready = bare.processed(bare.upload(ALICE, polyglot, Wish.NOTHING));
            String served = new String(bare.bytes(ready.blob()), java.nio.charset.StandardCharsets.ISO_8859_1);
            for (String trace : List.of("<script>", "PK\3\4", "%PDF", "<?php", SamplePictures.SECRET)) {
                assertFalse(served.contains(trace), ready.blob() + " contains " + trace);
            }
            world.database.execute("delete from media_attachment where id = $1", ready.id());
        }
        assertRefused("damaged", "GIF89a/*<html>*/=1;".getBytes(), "image/gif");
        assertRefused("content type is invalid", SamplePictures.join("%PDF-1.7".getBytes(), tellingJpeg(quarters(40, 20), 1)), "image/jpeg");
    }

    /** Its header is fine, its pixels are not: the upload fails, the server does not, and nothing is left. */
    @Test
    void whatCannotBeDecodedFails() throws Exception {
        MediaAttachment failed = world.processed(world.upload(ALICE, SamplePictures.pngOfSize(1_900, 1_900), Wish.NOTHING));
        assertTrue(failed.isFailed());
        assertThrows(Refusal.class, () -> world.statuses.service.publish(world.statuses.village.account(ALICE), NewStatus.text("Look").withMedia(List.of(failed.id()))));
        world.database.execute("delete from media_attachment where id = $1", failed.id());
    }

    /** Killed between any two steps and begun again, the same files lie under the same names. */
    @Test
    void doingItAgainDoublesNothing() throws Exception {
        MediaAttachment waiting = world.upload(BOB, bytes(gradient(700, 500), "jpg"), Wish.NOTHING);
        List<String> upload = world.database.list("select to_jsonb(media_upload)::text as upload from media_upload where attachment_id = $1", row -> row.getString("upload"), waiting.id());
        MediaAttachment first = world.processed(waiting);
        int files = world.files().size();
        world.database.execute("""
            insert into media_upload overriding system value select * from jsonb_populate_record(null::media_upload, ($1::text)::jsonb)""", upload.getFirst());
        world.database.execute("insert into job (kind, payload, turn, state, run_at, priority, fair_key) select 'media-processing', id::text, 1, 'ready', now(), 5, '' from media_upload where attachment_id = $1",
            waiting.id());
        MediaAttachment second = world.processed(waiting);
        assertEquals(first, second);
        assertEquals(files, world.files().size());
        world.database.execute("delete from media_attachment where id = $1", second.id());
        world.upkeep.deleteUnused();
        assertTrue(world.files().stream().noneMatch(file -> file.toString().contains(first.blob().substring(11, 40))), "gone with the record");
    }

    /** Row 83 of the hostile inputs: somebody else's file is nobody's. */
    @Test
    void hostileInput83_unattachedMediaAreOnesOwn() throws Exception {
        UnattachedMedia unattached = new UnattachedMedia(world.database, world.attachments);
        MediaAttachment ready = world.processed(world.upload(ALICE, bytes(quarters(40, 40), "png"), Wish.NOTHING));
        assertThrows(Refusal.class, () -> unattached.of(BOB, ready.id()));
        assertThrows(Refusal.class, () -> unattached.describe(BOB, ready.id(), "Mine", null, null));
        assertThrows(Refusal.class, () -> unattached.delete(BOB, ready.id()));
        assertEquals("Quarters", unattached.describe(ALICE, ready.id(), "Quarters", 0.1, 0.2).description());
        assertEquals("Quarters", unattached.describe(ALICE, ready.id(), null, null, null).description());
        assertNull(unattached.describe(ALICE, ready.id(), "", null, null).description());
        assertThrows(Refusal.class, () -> unattached.describe(ALICE, ready.id(), "x".repeat(1_501), null, null));
        world.statuses.service.publish(world.statuses.village.account(ALICE), NewStatus.text("").withMedia(List.of(ready.id())));
        assertEquals(404, assertThrows(Refusal.class, () -> unattached.of(ALICE, ready.id())).status());
        assertEquals(422, assertThrows(Refusal.class, () -> unattached.delete(ALICE, ready.id())).status());
    }

    @Test
    void avatarsAreCutSquareAndMovingOnesGetAStill() throws Exception {
        long first = world.uploads.profilePicture(world.statuses.village.account(ALICE), Purpose.AVATAR, world.sent(tellingJpeg(quarters(900, 300), 1), null));
        world.work();
        assertTrue(world.uploads.await(first, java.time.Duration.ZERO));
        String avatar = world.statuses.village.account(ALICE).avatarBlob();
        assertTrue(avatar.startsWith("profile/"), avatar);
        assertFalse(SamplePictures.tells(world.bytes(avatar)));
        world.uploads.profilePicture(world.statuses.village.account(ALICE), Purpose.AVATAR, world.sent(tellingGif(60, 60, 3), null));
        world.work();
        String moving = world.statuses.village.account(ALICE).avatarBlob();
        assertTrue(moving.startsWith("moving/") && moving.endsWith(".gif"), moving);
        assertFalse(SamplePictures.tells(world.bytes(moving)));
        assertTrue(world.bytes(moving.replace("moving/", "still/")).length > 0);
        world.upkeep.deleteUnused();
        assertTrue(world.blobs.stat(social.dunlin.media.blob.BlobKey.parse(avatar)).isEmpty(), "the one before is gone");
        world.database.execute("update account set avatar_blob = null where id = $1", ALICE);
        world.upkeep.deleteUnused();
        assertTrue(world.files().stream().noneMatch(file -> file.toString().contains("/moving/") || file.toString().contains("/still/")));
    }

    @Test
    void emojiAreSmall() throws Exception {
        world.uploads.emoji("dunlin", "birds", world.sent(tellingPng(quarters(64, 64), 1), null));
        world.work();
        String url = world.database.first("select url from custom_emoji where shortcode = 'dunlin' and host = '' and category = 'birds'", row -> row.getString("url")).orElseThrow();
        String key = url.substring(url.indexOf("/media/") + 7);
        assertFalse(SamplePictures.tells(world.bytes(key)));
        world.database.execute("delete from custom_emoji where shortcode = 'dunlin'");
        world.upkeep.deleteUnused();
        assertTrue(world.blobs.stat(social.dunlin.media.blob.BlobKey.parse(key)).isEmpty());
        assertThrows(Refusal.class, () -> world.uploads.emoji("d", null, world.sent(bytes(quarters(8, 8), "png"), null)));
        assertThrows(Refusal.class, () -> world.uploads.emoji("jpeg", null, world.sent(bytes(quarters(8, 8), "jpg"), null)));
        assertThrows(Refusal.class, () -> world.uploads.emoji("large", null, world.sent(SamplePictures.join(bytes(quarters(8, 8), "png"), new byte[300_000]), null)));
    }

    @Test
    void whatNobodyPostedGoesAfterADay() throws Exception {
        MediaAttachment old = world.processed(world.upload(BOB, bytes(quarters(50, 50), "png"), Wish.NOTHING));
        MediaAttachment young = world.processed(world.upload(BOB, bytes(quarters(51, 50), "png"), Wish.NOTHING));
        world.database.execute("update media_attachment set created_at = now() - interval '25 hours' where id = $1", old.id());
        assertEquals(1, world.upkeep.prune(true).number());
        assertEquals(2, world.attachments.byIds(List.of(old.id(), young.id())).size());
        assertEquals(1, world.upkeep.prune(false).number());
        assertEquals(List.of(young), world.attachments.byIds(List.of(old.id(), young.id())));
        assertTrue(world.blobs.stat(social.dunlin.media.blob.BlobKey.parse(old.blob())).isEmpty());
        assertTrue(world.blobs.stat(social.dunlin.media.blob.BlobKey.parse(young.blob())).isPresent());
    }

    @Test
    void filesWithoutARecordAndRecordsWithoutAFileAreFound() throws Exception {
        MediaAttachment kept = world.processed(world.upload(BOB, bytes(quarters(52, 50), "png"), Wish.NOTHING));
        world.upkeep.deleteUnused();
        Path orphan = world.blobs.file(social.dunlin.media.blob.BlobKey.parse(kept.blob())).orElseThrow().resolveSibling(kept.blob().substring(8, 10) + "00000000000000000000.png");
        Files.write(orphan, new byte[2_048]);
        assertEquals(0, world.upkeep.pruneOrphans(true).number(), "young ones may be in the making");
        for (Path file : world.files()) {
            Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.from(java.time.Instant.now().minus(java.time.Duration.ofDays(2))));
        }
        assertEquals(1, world.upkeep.pruneOrphans(true).number());
        assertEquals(2_048, world.upkeep.pruneOrphans(false).bytes());
        assertFalse(Files.exists(orphan));
        assertEquals(0, world.upkeep.pruneFiles(true).number());
        world.blobs.delete(List.of(social.dunlin.media.blob.BlobKey.parse(kept.blob())));
        assertEquals(1, world.upkeep.pruneFiles(true).number());
        assertEquals(1, world.upkeep.pruneFiles(false).number());
        assertEquals(List.of(), world.attachments.byIds(List.of(kept.id())));
    }

    @Test
    void lostAvatarsAndEmojiAreForgotten() throws Exception {
        world.uploads.profilePicture(world.statuses.village.account(BOB), Purpose.AVATAR, world.sent(bytes(quarters(53, 50), "png"), null));
        world.uploads.emoji("lost", null, world.sent(bytes(quarters(33, 32), "png"), null));
        world.work();
        String avatar = world.statuses.village.account(BOB).avatarBlob();
        String emoji = world.database.first("select url from custom_emoji where shortcode = 'lost'", row -> row.getString("url")).orElseThrow().replaceFirst(".*/media/", "");
        assertEquals(0, world.upkeep.pruneFiles(true).number());
        world.blobs.delete(List.of(social.dunlin.media.blob.BlobKey.parse(avatar), social.dunlin.media.blob.BlobKey.parse(emoji)));
        assertEquals(2, world.upkeep.pruneFiles(true).number());
        assertEquals(2, world.upkeep.pruneFiles(false).number());
        assertNull(world.statuses.village.account(BOB).avatarBlob());
        assertEquals(0, world.upkeep.pruneFiles(true).number());
    }
}
