package social.dunlin.api.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import social.dunlin.paging.Page;
import social.dunlin.refusal.Refusal;

class ParametersTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";

    private static Parameters read(String contentType, String body) throws IOException {
        return read(contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Parameters read(String contentType, byte[] body) throws IOException {
        return Parameters.of(RequestBody.read(contentType, new ByteArrayInputStream(body), 10_000, 50_000));
    }

    private static Refusal refused(String contentType, String body) {
        return assertThrows(Refusal.class, () -> read(contentType, body));
    }

    @Test
    void arraysAreReadFromFormAndJson() throws IOException {
        assertEquals(List.of(1L, 2L), read(FORM, "media_ids[]=1&media_ids[]=2").ids("media_ids"));
        assertEquals(List.of(1L, 2L), read(FORM, "media_ids%5B%5D=1&media_ids%5B%5D=2").ids("media_ids"));
        assertEquals(List.of(1L, 2L), read(JSON, "{\"media_ids\":[\"1\",2]}").ids("media_ids"));
    }

    @Test
    void scalarInsteadOfArrayIsAListOfOne() throws IOException {
        assertEquals(List.of(7L), read(FORM, "id=7").ids("id"));
        assertEquals(List.of("home"), read(JSON, "{\"timeline\":\"home\"}").texts("timeline"));
    }

    @Test
    void nestedNamesAreReadFromFormAndJson() throws IOException {
        Parameters form = read(FORM, "poll[options][]=a&poll[options][]=b&poll[expires_in]=300&data[alerts][mention]=true");
        assertEquals(List.of("a", "b"), form.at("poll").texts("options"));
        assertEquals(Optional.of(300), form.at("poll").number("expires_in"));
        assertTrue(form.at("data").at("alerts").flag("mention", false));
        Parameters json = read(JSON, "{\"poll\":{\"options\":[\"a\",\"b\"],\"expires_in\":300}}");
        assertEquals(List.of("a", "b"), json.at("poll").texts("options"));
        assertEquals(Optional.of(300), json.at("poll").number("expires_in"));
        assertFalse(json.at("nothing").has("x"));
    }

    @Test
    void indexMapIsAListInNumericOrder() throws IOException {
        Parameters form = read(FORM, "fields_attributes[10][name]=k&fields_attributes[2][name]=b&fields_attributes[2][value]=v");
        assertEquals(List.of("b", "k"), form.objects("fields_attributes").stream().map(field -> field.requiredText("name")).toList());
        Parameters json = read(JSON, "{\"fields_attributes\":{\"1\":{\"name\":\"b\"},\"0\":{\"name\":\"a\"}}}");
        assertEquals(List.of("a", "b"), json.objects("fields_attributes").stream().map(field -> field.requiredText("name")).toList());
        Parameters list = read(JSON, "{\"fields_attributes\":[{\"name\":\"a\"},{\"name\":\"b\"}]}");
        assertEquals(2, list.objects("fields_attributes").size());
    }

    @Test
    void repeatedKeyStartsTheNextObject() throws IOException {
        List<Parameters> keywords = read(FORM, "keywords_attributes[][keyword]=one&keywords_attributes[][whole_word]=true"
            + "&keywords_attributes[][keyword]=two&keywords_attributes[][id]=5&keywords_attributes[][_destroy]=true").objects("keywords_attributes");
        assertEquals(2, keywords.size());
        assertEquals("one", keywords.get(0).requiredText("keyword"));
        assertTrue(keywords.get(0).flag("whole_word", false));
        assertEquals(Optional.of(5L), keywords.get(1).id("id"));
        assertTrue(keywords.get(1).flag("_destroy", false));
    }

    @Test
    void falseValuesAreRailsFalseAndAnythingElseIsTrue() throws IOException {
        for (String text : List.of("0", "f", "F", "false", "FALSE", "off", "OFF")) {
            assertEquals(Optional.of(false), read(FORM, "x=" + text).flag("x"), text);
        }
        for (String text : List.of("1", "true", "no", "on", "False")) {
            assertEquals(Optional.of(true), read(FORM, "x=" + text).flag("x"), text);
        }
        assertEquals(Optional.empty(), read(FORM, "x=").flag("x"));
        assertEquals(Optional.of(false), read(JSON, "{\"x\":0}").flag("x"));
        assertEquals(Optional.of(false), read(JSON, "{\"x\":false}").flag("x"));
        assertEquals(Optional.empty(), read(JSON, "{\"x\":null}").flag("x"));
    }

    @Test
    void missingAndEmptyDiffer() throws IOException {
        Parameters sent = read(JSON, "{\"media_ids\":[],\"text\":\"\"}");
        assertTrue(sent.has("media_ids"));
        assertTrue(sent.ids("media_ids").isEmpty());
        assertEquals(Optional.of(""), sent.text("text"));
        assertFalse(sent.has("other"));
        assertTrue(read(FORM, "media_ids[]=").has("media_ids"));
        assertTrue(read(FORM, "media_ids[]=").ids("media_ids").isEmpty());
    }

    @Test
    void idsMayBeNumbersAndNonsenseIsAnIdNothingHas() throws IOException {
        assertEquals(Optional.of(116500000000000001L), read(JSON, "{\"in_reply_to_id\":116500000000000001}").id("in_reply_to_id"));
        assertEquals(Optional.of(0L), read(FORM, "in_reply_to_id=abc").id("in_reply_to_id"));
        assertEquals(Optional.empty(), read(FORM, "in_reply_to_id=").id("in_reply_to_id"));
        assertEquals(Optional.empty(), read(JSON, "{\"in_reply_to_id\":null}").id("in_reply_to_id"));
    }

    @Test
    void limitIsClampedNeverRefused() throws IOException {
        assertEquals(40, read(FORM, "limit=500").page(20, 40).limit());
        assertEquals(5, read(FORM, "limit=-5").page(20, 40).limit());
        assertEquals(0, read(FORM, "limit=many").page(20, 40).limit());
        assertEquals(40, read(FORM, "limit=99999999999999").page(20, 40).limit());
        assertEquals(40, read(FORM, "limit=-2147483648").page(20, 40).limit());
        assertEquals(new Page(9L, null, 3L, 20), read(FORM, "max_id=9&min_id=3").page(20, 40));
    }

    @Test
    void requiredTextMissingIsBadRequest() throws IOException {
        Parameters empty = read(FORM, "q=+");
        assertEquals(400, assertThrows(Refusal.class, () -> empty.requiredText("q")).status());
        assertEquals("param is missing or the value is empty: q", assertThrows(Refusal.class, () -> empty.requiredText("q")).getMessage());
    }

    @Test
    void textWithNulCharacterLosesIt() throws IOException {
        assertEquals(Optional.of("ab"), read(JSON, "{\"status\":\"a\\u0000b\"}").text("status"));
    }

    @Test
    void wrongJsonIsBadRequestAndDoesNotRepeatTheInput() {
        Refusal refusal = refused(JSON, "{\"status\": secret}");
        assertEquals(400, refusal.status());
        assertTrue(refusal.getMessage().startsWith("There was a problem in the JSON you submitted"), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("secret"), refusal.getMessage());
        assertEquals(400, refused(JSON, "[1,2]").status());
        assertEquals(400, refused(JSON, "{\"a\":".repeat(100) + "1" + "}".repeat(100)).status());
    }

    @Test
    void emptyJsonBodyIsNoParameters() throws IOException {
        assertTrue(read(JSON, "").names().isEmpty());
        assertTrue(read("application/json; charset=utf-8", "null").names().isEmpty());
    }

    @Test
    void wrongContentTypeIsUnsupportedMediaType() {
        assertEquals(415, refused("text/xml", "<a/>").status());
    }

    @Test
    void tooLargeBodyIs413() {
        assertEquals(413, refused(JSON, "{\"a\":\"" + "x".repeat(10_000) + "\"}").status());
        assertEquals(413, refused(FORM, "a=" + "x".repeat(10_000)).status());
        assertEquals(413, refused("multipart/form-data; boundary=B", part("a\"; filename=\"f.png", "x".repeat(60_000)) + "--B--\r\n").status());
        assertEquals(413, refused("multipart/form-data; boundary=B", part("a", "x".repeat(9_000)) + part("b", "x".repeat(9_000)) + "--B--\r\n").status());
    }

    @Test
    void malformedNamesAreBadRequest() {
        assertEquals(400, refused(FORM, "a[b=1").status());
        assertEquals(400, refused(FORM, "a=1&a[b]=2").status());
        assertEquals(400, refused(FORM, "a=%zz").status());
        assertEquals(400, refused(FORM, "a" + "[b]".repeat(100) + "=1").status());
        assertEquals(400, refused(FORM, "a&".repeat(4_900)).status());
    }

    private static String part(String name, String value) {
        return "--B\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n"
            + (name.contains("filename") ? "Content-Type: image/png\r\n" : "") + "\r\n" + value + "\r\n";
    }

    @Test
    void multipartGivesFieldsAndFiles() throws IOException {
        String body = part("display_name", "Käthe") + part("fields_attributes[0][name]", "site")
            + part("avatar\"; filename=\"../../a.png", "PNGBYTES") + "--B--\r\n";
        Parameters parameters = read("multipart/form-data; boundary=B", body);
        assertEquals(Optional.of("Käthe"), parameters.text("display_name"));
        assertEquals("site", parameters.objects("fields_attributes").getFirst().requiredText("name"));
        Upload upload = parameters.file("avatar").orElseThrow();
        assertEquals("image/png", upload.contentType());
        assertEquals("PNGBYTES", new String(upload.bytes(), StandardCharsets.UTF_8));
        assertEquals(8, upload.size());
        assertFalse(parameters.text("avatar").isPresent());
        parameters.deleteFiles();
        assertFalse(Files.exists(upload.file()));
    }

    @Test
    void largeFileGoesThroughDisk() throws IOException {
        String content = "0123456789".repeat(4_000);
        Parameters parameters = read("multipart/form-data; boundary=B", part("file\"; filename=\"f.png", content) + "--B--\r\n");
        Upload upload = parameters.file("file").orElseThrow();
        assertEquals(content, new String(upload.bytes(), StandardCharsets.UTF_8));
        parameters.deleteFiles();
    }

    @Test
    void brokenMultipartIsBadRequest() {
        assertEquals(400, refused("multipart/form-data", part("a", "b")).status());
        assertEquals(400, refused("multipart/form-data; boundary=B", "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nnever ends").status());
    }

    @Test
    void linkRepeatsOtherParametersAndNeverATokenOrABracket() {
        assertEquals("https://a.example/api/v1/x?limit=2&types[]=mention&max_id=5",
            Links.url("https://a.example/api/v1/x", "limit=2&max_id=9&types[]=mention&access_token=s&min_id=1", "max_id", 5));
        assertEquals("https://a.example/x?q=%3E%22&min_id=5", Links.url("https://a.example/x", "q=>\"", "min_id", 5));
        assertEquals("https://a.example/x?min_id=5", Links.url("https://a.example/x", null, "min_id", 5));
    }

    @Test
    void ofGivesTheSameReadingOverGivenValues() {
        assertEquals(Optional.of(3), Parameters.of(Map.of("n", 3)).number("n"));
    }
}
