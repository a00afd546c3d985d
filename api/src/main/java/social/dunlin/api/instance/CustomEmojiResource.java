package social.dunlin.api.instance;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.CustomEmojiEntity;
import social.dunlin.api.entity.CustomEmojiRenderer;
import social.dunlin.emoji.CustomEmojiStore;

/** {@code /api/v1/custom_emojis}: ours, for the picker. */
@Path("/api/v1/custom_emojis")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class CustomEmojiResource {
    private final CustomEmojiStore emojis;
    private final CustomEmojiRenderer renderer;

    public CustomEmojiResource(CustomEmojiStore emojis, CustomEmojiRenderer renderer) {
        this.emojis = emojis;
        this.renderer = renderer;
    }

    @GET
    @Access(Level.PUBLIC)
    public List<CustomEmojiEntity> customEmojis() {
        return renderer.renderForPicker(emojis.ours());
    }
}
