package social.dunlin.media.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import social.dunlin.media.blob.S3Signature.Call;

/** Amazon's own example of a signed address: "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)". */
class S3SignatureTest {
    private static final Instant THEN = Instant.parse("2013-05-24T00:00:00Z");
    private static final S3Signature SIGNATURE = new S3Signature("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1");

    @Test
    void anAddressIsSignedAsAmazonSignsIt() {
        Call call = new Call("GET", "examplebucket.s3.amazonaws.com", "/test.txt", Map.of());
        String query = SIGNATURE.signedQuery(call, THEN, 86400);
        assertTrue(query.endsWith("&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"), query);
    }

    @Test
    void aListIsAskedForWithAmazonsSignature() {
        Call call = new Call("GET", "examplebucket.s3.amazonaws.com", "/", Map.of("max-keys", "2", "prefix", "J"));
        Map<String, String> headers = SIGNATURE.headers(call, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", THEN);
        assertEquals("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
            + "SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
            headers.get("Authorization"));
    }
}
