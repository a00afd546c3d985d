package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;

/** @param url null while it is processed; @param remoteUrl null for local media; @param textUrl always null, kept for old clients */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record MediaAttachmentEntity(
        String id,
        String type,
        String url,
        String previewUrl,
        String remoteUrl,
        String previewRemoteUrl,
        String textUrl,
        Map<String, Object> meta,
        String description,
        String blurhash) {

    MediaAttachmentEntity describedAs(String other) {
        return new MediaAttachmentEntity(id, type, url, previewUrl, remoteUrl, previewRemoteUrl, textUrl, meta, other, blurhash);
    }
}
