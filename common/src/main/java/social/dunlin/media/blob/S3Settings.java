package social.dunlin.media.blob;

import java.util.Optional;
import social.dunlin.config.MediaConfiguration;
import social.dunlin.id.ObjectUri;

/**
 * A bucket and the way to it.
 *
 * @param endpoint  scheme, host and port
 * @param pathStyle whether the bucket stands in the path instead of the host's name
 * @param prefix    of every key, empty or ending in a slash
 * @param delivery  how readers get at blobs
 * @param publicUrl where everybody may read the bucket, without a slash at its end
 */
public record S3Settings(ObjectUri endpoint, String bucket, String region, String accessKey, String secretKey, boolean pathStyle, String prefix,
                         MediaConfiguration.Delivery delivery, Optional<String> publicUrl) {
    static S3Settings of(MediaConfiguration.S3 s3) {
        String prefix = s3.prefix().map(text -> text.endsWith("/") ? text : text + "/").orElse("");
        String endpoint = s3.endpoint().orElse("https://s3.%s.amazonaws.com".formatted(s3.region()));
        return new S3Settings(ObjectUri.parse(endpoint.replaceFirst("/+$", "")), s3.bucket().orElseThrow(), s3.region(), s3.accessKey().orElseThrow(),
            s3.secretKey().orElseThrow(), s3.pathStyle(), prefix, s3.delivery(), s3.publicUrl().map(url -> url.replaceFirst("/+$", "")));
    }

    /** As the Host header says it. */
    String host() {
        return pathStyle ? endpoint.host().value() : bucket + "." + endpoint.host().value();
    }

    String base() {
        return (endpoint.isHttps() ? "https://" : "http://") + host();
    }

    /** Of a key, or of the bucket when it is empty. All characters of ours need no encoding. */
    String path(String key) {
        return (pathStyle ? "/" + bucket : "") + "/" + (key.isEmpty() ? "" : prefix + key);
    }
}
