package social.dunlin.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import social.dunlin.refusal.Refusal;

class ImportFileTest {
    private static List<ImportRow> read(TransferKind kind, String text) {
        return ImportFile.read(kind, text.getBytes(StandardCharsets.UTF_8), "here.example");
    }

    private static List<String> targets(TransferKind kind, String text) {
        return read(kind, text).stream().map(row -> row.target() + (row.error() == null ? "" : " (" + row.error() + ")")).toList();
    }

    @Test
    void followsOfMastodonHaveTheirWishes() {
        List<ImportRow> rows = read(TransferKind.FOLLOWING, """
            Account address,Show boosts,Notify on new posts,Languages
            Frida@far.example,false,true,"de, en"
            @gustav@FAR.example,true,false,
            alice,,,
            """);
        assertEquals(List.of(new ImportRow("", "frida@far.example", false, true, List.of("de", "en"), null, null),
            new ImportRow("", "gustav@far.example", true, false, null, null, null), new ImportRow("", "alice@here.example", null, null, null, null, null)), rows);
    }

    @Test
    void columnsAreFoundByTheirNames() {
        List<ImportRow> rows = read(TransferKind.FOLLOWING, "Account address,Languages,Something new,Show boosts\r\nfrida@far.example,de,x,false\r\n");
        assertEquals(List.of(new ImportRow("", "frida@far.example", false, null, List.of("de"), null, null)), rows);
    }

    @Test
    void filesWithoutNamesOfColumnsAreRead() {
        assertEquals(List.of("frida@far.example", "hedy@other.example"), targets(TransferKind.BLOCKS, "frida@far.example\n\n hedy@other.example \nFRIDA@far.example\n"));
        assertEquals(List.of("far.example", "xn--mnchen-3ya.example"), targets(TransferKind.DOMAIN_BLOCKS, "far.example\nmünchen.example"));
        assertEquals(List.of("https://far.example/notes/1"), targets(TransferKind.BOOKMARKS, "\uFEFFhttps://far.example/notes/1"));
        assertEquals(List.of(new ImportRow("", "frida@far.example", null, null, null, false, null)), read(TransferKind.MUTES, "frida@far.example,false"));
        assertEquals(List.of("far.example"), targets(TransferKind.DOMAIN_BLOCKS, "#domain,#severity\nfar.example,suspend\n"));
    }

    @Test
    void aLineOfListsNamesTheListFirst() {
        String file = "Friends,frida@far.example\nFriends,FRIDA@far.example\nNews,frida@far.example\n,hedy@far.example\nNews\n";
        List<String> rows = read(TransferKind.LISTS, file).stream().map(row -> row.list() + " " + row.target() + " " + row.error()).toList();
        assertEquals(List.of("Friends frida@far.example null", "News frida@far.example null", " hedy@far.example not an address", "News News not an address"), rows);
        assertEquals(rows, read(TransferKind.LISTS, "List name,Account address\n" + file).stream().map(row -> row.list() + " " + row.target() + " " + row.error()).toList());
    }

    @Test
    void linesThatNameNobodyAreKeptAsFailed() {
        assertEquals(List.of("frida@far.example", "two words@far.example (not an address)", "x@[ (not an address)"),
            targets(TransferKind.BLOCKS, "frida@far.example\ntwo words@far.example\nx@[\n"));
    }

    static Stream<byte[]> unusable() {
        return Stream.of("", "\n\n", "Account address\n", "two words\n", "\"never closed", "#domain\nfar.example\n", "a\0b@far.example",
                "x@far.example\n".repeat(20_002)).map(text -> text.getBytes(StandardCharsets.UTF_8))
            .collect(() -> Stream.<byte[]>builder().add(new byte[] {(byte) 0xff, (byte) 0xfe, 'a'}).add(new byte[] {(byte) 0x89, 'P', 'N', 'G'}),
                Stream.Builder::add, (one, other) -> { }).build();
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void whatIsNoSuchFileIsRefused(byte[] file) {
        assertEquals(422, assertThrows(Refusal.class, () -> ImportFile.read(TransferKind.FOLLOWING, file, "here.example")).status());
    }
}
