package social.dunlin.media;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.emoji.CustomEmoji;
import social.dunlin.emoji.CustomEmojiStore;
import social.dunlin.federation.http.FetchException;
import social.dunlin.federation.http.GuardedHttpClient;
import social.dunlin.federation.http.StreamOptions;
import social.dunlin.federation.http.StreamedResponse;
import social.dunlin.federation.signature.Header;
import social.dunlin.id.ObjectUri;
import social.dunlin.media.proxy.MediaAddresses;
import social.dunlin.refusal.Refusal;

/** Makes emoji that people elsewhere have shown here ours: their picture is taken like one that was uploaded. */
@ApplicationScoped
public class EmojiCopies {
    private final CustomEmojiStore emojis;
    private final MediaAddresses addresses;
    private final GuardedHttpClient client;
    private final MediaUploads uploads;
    private final DunlinConfiguration configuration;

    public EmojiCopies(CustomEmojiStore emojis, MediaAddresses addresses, GuardedHttpClient client, MediaUploads uploads, DunlinConfiguration configuration) {
        this.emojis = emojis;
        this.addresses = addresses;
        this.client = client;
        this.uploads = uploads;
        this.configuration = configuration;
    }

    /** Gives the upload to wait for. @param shortcode its code here; @param category null for none */
    public long copy(CustomEmoji.Key theirs, String shortcode, String category) {
        CustomEmoji known = Optional.ofNullable(emojis.byKeys(List.of(theirs)).get(theirs)).filter(emoji -> !emoji.host().isEmpty())
            .orElseThrow(() -> Refusal.unprocessable(":%s: of %s is not known here: somebody has to show it first.".formatted(theirs.shortcode(), theirs.host())));
        if (addresses.isRejected(known.url(), known.host())) {
            throw Refusal.unprocessable("Media of %s are shown to nobody here.".formatted(known.host()));
        }
        try {
            Path file = Files.createTempFile(Files.createDirectories(configuration.data().dir().resolve("tmp")), "emoji-", null);
            try {
                return uploads.emoji(shortcode, category, new MediaUploads.Sent(file, fetch(ObjectUri.parse(known.url()), file), null));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (FetchException failure) {
            throw Refusal.unprocessable("The picture cannot be had: %s.".formatted(failure.getMessage()));
        }
    }

    private long fetch(ObjectUri uri, Path target) throws IOException {
        StreamOptions options = new StreamOptions(List.of(new Header("Accept", "image/*")), type -> true, MediaLimits.EMOJI_BYTES);
        try (StreamedResponse response = client.open(uri, options); OutputStream output = Files.newOutputStream(target)) {
            for (var piece = response.next(); piece != null; piece = response.next()) {
                output.write(piece.getBytes());
            }
        }
        return Files.size(target);
    }
}
