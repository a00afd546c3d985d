package social.dunlin.api.entity;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import social.dunlin.api.access.AskedDomain;
import social.dunlin.emoji.CustomEmoji;
import social.dunlin.media.proxy.MediaAddresses;
import social.dunlin.media.proxy.Rendition;

/** Custom emoji as the API shows them. One whose picture may not be shown stays the code it is. */
@ApplicationScoped
public class CustomEmojiRenderer {
    private final MediaAddresses addresses;
    private final AskedDomain asked;

    public CustomEmojiRenderer(MediaAddresses addresses, AskedDomain asked) {
        this.addresses = addresses;
        this.asked = asked;
    }

    /** Within another entity: without category. Nulls are left out. */
    public List<CustomEmojiEntity> render(Stream<CustomEmoji> emojis) {
        return emojis.filter(Objects::nonNull).map(emoji -> entity(emoji, null)).filter(Objects::nonNull).toList();
    }

    /** For {@code /api/v1/custom_emojis}. */
    public List<CustomEmojiEntity> renderForPicker(Collection<CustomEmoji> emojis) {
        return emojis.stream().map(emoji -> entity(emoji, emoji.category())).filter(Objects::nonNull).toList();
    }

    private CustomEmojiEntity entity(CustomEmoji emoji, String category) {
        String url = addresses.of(emoji.url(), emoji.host(), asked.get());
        String still = addresses.of(emoji.staticUrl(), emoji.host(), asked.get(), Rendition.STILL);
        return url == null || still == null ? null : new CustomEmojiEntity(emoji.shortcode(), url, still, emoji.visible(), category);
    }
}
