package social.dunlin.api.entity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import social.dunlin.domain.Domains;
import social.dunlin.media.MediaAttachment;

/** Attachments as the API shows them. */
@ApplicationScoped
public class MediaRenderer {
    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {
    };

    private final Domains domains;
    private final ObjectMapper json;

    public MediaRenderer(Domains domains, ObjectMapper json) {
        this.domains = domains;
        this.json = json;
    }

    public MediaAttachmentEntity render(MediaAttachment media) {
        String url = media.blob() == null ? media.remoteUrl() : blobUrl(media.blob());
        String preview = media.previewBlob() != null ? blobUrl(media.previewBlob())
            : media.remotePreviewUrl() != null ? media.remotePreviewUrl()
            : media.type().equals("audio") ? null : url;
        return new MediaAttachmentEntity(Long.toString(media.id()), media.type(), media.isReady() ? url : null, media.isReady() ? preview : null,
            media.remoteUrl(), media.remotePreviewUrl(), null, meta(media), media.description(), media.blurhash());
    }

    private String blobUrl(String blob) {
        return domains.defaultDomain().baseUrl() + "/media/" + blob;
    }

    private Map<String, Object> meta(MediaAttachment media) {
        Map<String, Object> meta = read(media.meta());
        if (media.focusX() != null && media.focusY() != null) {
            Map<String, Object> focus = new LinkedHashMap<>();
            focus.put("x", media.focusX());
            focus.put("y", media.focusY());
            meta.put("focus", focus);
        }
        return meta;
    }

    private Map<String, Object> read(String text) {
        try {
            return json.readValue(text, OBJECT);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("media_attachment.meta is no object", failure);
        }
    }
}
