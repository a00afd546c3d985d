package social.dunlin.api.entity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import social.dunlin.moderation.DomainBlock;

/**
 * Mastodon's DomainBlock.
 *
 * @param domain  maybe with stars in it
 * @param digest  of the whole name, so that who knows it can tell that it is meant
 * @param comment absent when the reader may not see it
 */
@RegisterForReflection
public record DomainBlockEntity(String domain, String digest, String severity, @JsonInclude(Include.NON_NULL) String comment) {
    public static DomainBlockEntity of(DomainBlock block, boolean withReason) {
        return new DomainBlockEntity(block.publicName(), digest(block.host()), block.severity().apiName(), withReason ? block.publicComment() : null);
    }

    private static String digest(String host) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(host.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
