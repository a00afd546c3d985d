package social.dunlin.api.entity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import social.dunlin.media.MediaAttachment;
import social.dunlin.media.MediaUrls;

/** Attachments as the API shows them. */
@ApplicationScoped
public class MediaRenderer {
    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {
    };

    private final MediaUrls urls;
    private final ObjectMapper json;

    public MediaRenderer(MediaUrls urls, ObjectMapper json) {
        this.urls = urls;
        this.json = json;
    }

    public MediaAttachmentEntity render(MediaAttachment media) {
        String url = media.blob() == null ? media.remoteUrl() : urls.of(media.blob());
        String preview = media.previewBlob() != null ? urls.of(media.previewBlob())
            : media.remotePreviewUrl() != null ? media.remotePreviewUrl()
            : media.type().equals("image") || media.blob() == null && !media.type().equals("audio") ? url : null;
        return new MediaAttachmentEntity(Long.toString(media.id()), media.type(), media.isReady() ? url : null, media.isReady() ? preview : null,
            media.remoteUrl(), media.remotePreviewUrl(), null, meta(media), media.description(), media.blurhash());
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
