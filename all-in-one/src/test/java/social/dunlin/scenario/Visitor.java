package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without scripts: keeps cookies, fills in forms, does not follow redirects by itself. */
final class Visitor {
    static final String SESSION = "__Host-dunlin_session";
    private static final String REDIRECT = "https://client.example/done";
    private static final String SCOPES = "read write follow push profile";
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"form_token\" value=\"([^\"]*)\"");

    private final String base;
    final Map<String, String> cookies = new TreeMap<>();

    Visitor(String base) {
        this.base = base;
    }

    Api.Answer get(String path) {
        return send(request(path).GET());
    }

    /** Sends a form with just these fields. */
    Api.Answer post(String path, Map<String, String> form) {
        return send(request(path).header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(form(form))));
    }

    /** Sends a form with a file in the field {@code file}. */
    Api.Answer upload(String path, Map<String, String> form, String fileName, String content) {
        return upload(path, form, "file", fileName, "text/csv", content.getBytes(StandardCharsets.UTF_8));
    }

    Api.Answer upload(String path, Map<String, String> form, String field, String fileName, String type, byte[] content) {
        return send(request(path).header("Content-Type", "multipart/form-data; boundary=boundary")
            .POST(HttpRequest.BodyPublishers.ofByteArray(multipart(form, field, fileName, type, content))));
    }

    /** The body of a form with a file, its boundary being {@code boundary}. */
    static byte[] multipart(Map<String, String> form, String field, String fileName, String type, byte[] content) {
        String head = form.entrySet().stream().map(text -> """
            --boundary\r
            Content-Disposition: form-data; name="%s"\r
            \r
            %s\r
            """.formatted(text.getKey(), text.getValue())).collect(Collectors.joining()) + """
            --boundary\r
            Content-Disposition: form-data; name="%s"; filename="%s"\r
            Content-Type: %s\r
            \r
            """.formatted(field, fileName, type);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n--boundary--\r\n".getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }

    /** The secret of the form on a page. */
    String formToken(String path) {
        Matcher matcher = FORM_TOKEN.matcher(get(path).body());
        if (!matcher.find()) {
            throw new AssertionError("no form at " + path);
        }
        return matcher.group(1);
    }

    Api.Answer tryToSignIn(String name, String password, String returnTo) {
        return post("/auth/sign_in", Map.of("form_token", formToken("/auth/sign_in"), "email", name, "password", password, "return_to", returnTo));
    }

    Visitor signIn(String name, String password) {
        assertEquals(303, tryToSignIn(name, password, "/").status());
        return this;
    }

    /** Registers a client, allows it everything a person can give, and gives the token it gets. */
    String letClientIn() {
        Api anonymous = new Api(base, null);
        JsonNode client = anonymous.post("/api/v1/apps", Map.of("client_name", "Test", "redirect_uris", REDIRECT, "scopes", SCOPES));
        Map<String, String> wish = Map.of("response_type", "code", "client_id", client.get("client_id").asText(), "redirect_uri", REDIRECT, "scope", SCOPES);
        Map<String, String> consent = new HashMap<>(wish);
        consent.put("form_token", formToken("/oauth/authorize?" + form(wish)));
        consent.put("decision", "allow");
        String code = location(post("/oauth/authorize", consent)).replaceFirst("^.*[?&]code=", "");
        return anonymous.post("/oauth/token", Map.of("grant_type", "authorization_code", "code", code, "redirect_uri", REDIRECT,
            "client_id", client.get("client_id").asText(), "client_secret", client.get("client_secret").asText())).get("access_token").asText();
    }

    boolean isSignedIn() {
        return get("/auth/sign_out").status() == 200;
    }

    static String location(Api.Answer answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream().map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue())).collect(Collectors.joining("&"));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).header("Accept", "text/html");
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies.entrySet().stream().map(cookie -> cookie.getKey() + "=" + cookie.getValue()).collect(Collectors.joining("; ")));
        }
        return request;
    }

    private Api.Answer send(HttpRequest.Builder request) {
        Api.Answer answer = Api.send(request.build());
        for (String line : answer.headers().allValues("Set-Cookie")) {
            String[] cookie = line.split(";", 2)[0].split("=", 2);
            cookies.put(cookie[0], cookie[1]);
        }
        cookies.values().removeIf(String::isEmpty);
        return answer;
    }
}
