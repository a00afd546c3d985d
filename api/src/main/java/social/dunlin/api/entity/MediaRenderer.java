package social.dunlin.api.entity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import social.dunlin.account.Account;
import social.dunlin.api.access.AskedDomain;
import social.dunlin.media.MediaAttachment;
import social.dunlin.media.MediaUrls;
import social.dunlin.media.proxy.MediaAddresses;
import social.dunlin.media.proxy.Rendition;

/** Attachments as the API shows them. */
@ApplicationScoped
public class MediaRenderer {
    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {
    };

    private final MediaUrls urls;
    private final MediaAddresses addresses;
    private final AskedDomain asked;
    private final ObjectMapper json;

    public MediaRenderer(MediaUrls urls, MediaAddresses addresses, AskedDomain asked, ObjectMapper json) {
        this.urls = urls;
        this.addresses = addresses;
        this.asked = asked;
        this.json = json;
    }

    /** Of somebody here. */
    public MediaAttachmentEntity render(MediaAttachment media) {
        return render(media, "");
    }

    public MediaAttachmentEntity render(MediaAttachment media, Account author) {
        return render(media, author.isLocal() ? "" : author.host());
    }

    /** @param bringer the author's host, empty for ours */
    private MediaAttachmentEntity render(MediaAttachment media, String bringer) {
        if (media.blob() == null && addresses.isRejected(media.remoteUrl(), bringer)) {
            return new MediaAttachmentEntity(Long.toString(media.id()), "unknown", null, null, null, null, null, meta(media), media.description(), null);
        }
        String url = media.blob() == null ? addresses.of(media.remoteUrl(), bringer, asked.get()) : urls.of(media.blob());
        String preview = media.previewBlob() != null ? urls.of(media.previewBlob())
            : media.remotePreviewUrl() != null ? addresses.of(media.remotePreviewUrl(), bringer, asked.get())
            : media.type().equals("image") && media.blob() == null ? addresses.of(media.remoteUrl(), bringer, asked.get(), Rendition.PREVIEW)
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
