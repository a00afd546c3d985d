package social.dunlin.media.blob;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signature Version 4 for one request to S3, in its header or in its address. */
record S3Signature(String accessKey, String secretKey, String region) {
    static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /**
     * What is signed of a request.
     *
     * @param host    as the Host header says it
     * @param path    encoded
     * @param query   names and values, not encoded
     */
    record Call(String method, String host, String path, Map<String, String> query) {
    }

    /** The headers that sign the call. @param payload hash of the body in hexadecimal digits */
    Map<String, String> headers(Call call, String payload, Instant now) {
        String time = TIME.format(now);
        Map<String, String> signed = new TreeMap<>(Map.of("host", call.host(), "x-amz-content-sha256", payload, "x-amz-date", time));
        String signature = signature(call, signed, query(call.query()), payload, time);
        return Map.of("x-amz-content-sha256", payload, "x-amz-date", time, "Authorization", "%s Credential=%s, SignedHeaders=%s, Signature=%s"
            .formatted(ALGORITHM, credential(time), String.join(";", signed.keySet()), signature));
    }

    /** The query with which everybody can make the call for so long. */
    String signedQuery(Call call, Instant now, int seconds) {
        String time = TIME.format(now);
        Map<String, String> query = new TreeMap<>(call.query());
        query.putAll(Map.of("X-Amz-Algorithm", ALGORITHM, "X-Amz-Credential", credential(time), "X-Amz-Date", time,
            "X-Amz-Expires", Integer.toString(seconds), "X-Amz-SignedHeaders", "host"));
        String unsigned = query(query);
        return unsigned + "&X-Amz-Signature=" + signature(call, new TreeMap<>(Map.of("host", call.host())), unsigned, UNSIGNED, time);
    }

    /** As it is signed and sent: sorted, every character encoded that is not unreserved. */
    static String query(Map<String, String> query) {
        return new TreeMap<>(query).entrySet().stream().map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue())).collect(Collectors.joining("&"));
    }

    private String signature(Call call, Map<String, String> headers, String query, String payload, String time) {
        String canonical = String.join("\n", call.method(), call.path(), query,
            headers.entrySet().stream().map(entry -> entry.getKey() + ":" + entry.getValue() + "\n").collect(Collectors.joining()),
            String.join(";", headers.keySet()), payload);
        String hash = HexFormat.of().formatHex(BlobContent.digest().digest(canonical.getBytes(StandardCharsets.UTF_8)));
        byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        for (String part : scope(time).split("/")) {
            key = mac(key, part);
        }
        return HexFormat.of().formatHex(mac(key, String.join("\n", ALGORITHM, time, scope(time), hash)));
    }

    private String credential(String time) {
        return accessKey + "/" + scope(time);
    }

    private String scope(String time) {
        return time.substring(0, 8) + "/" + region + "/s3/aws4_request";
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }
}
