package social.dunlin.push;

import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.domain.Domain;
import social.dunlin.domain.Domains;
import social.dunlin.federation.signature.Header;
import social.dunlin.id.ObjectUri;
import social.dunlin.instance.InstanceTexts;
import social.dunlin.media.MediaUrls;
import social.dunlin.media.proxy.MediaAddresses;
import social.dunlin.notification.Notification;
import social.dunlin.notification.NotificationTitle;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;
import social.dunlin.text.HtmlToText;

/** Puts a notification into the request that a push service takes. */
@ApplicationScoped
public class PushMessages {
    /** How many seconds the push service keeps it for a subscriber who is away. */
    private static final String TIME_TO_LIVE = "172800";
    private static final String MISSING_AVATAR = "/avatars/original/missing.png";
    /** A message is one record of 4096 bytes; these bounds keep within it in any script. */
    private static final int LONGEST_BODY = 140;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_ICON = 1000;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    /** Not static: an executable would be compiled with its seed. */
    private final SecureRandom random = new SecureRandom();

    private final VapidKeys keys;
    private final AccountStore accounts;
    private final StatusStore statuses;
    private final Domains domains;
    private final InstanceTexts texts;
    private final MediaUrls urls;
    private final MediaAddresses addresses;

    PushMessages(VapidKeys keys, AccountStore accounts, StatusStore statuses, Domains domains, InstanceTexts texts,
                 MediaUrls urls, MediaAddresses addresses) {
        this.keys = keys;
        this.accounts = accounts;
        this.statuses = statuses;
        this.domains = domains;
        this.texts = texts;
        this.urls = urls;
        this.addresses = addresses;
    }

    public record Message(List<Header> headers, byte[] body) {
    }

    /** Encrypted and signed; empty when one of the two people is gone. */
    public Optional<Message> of(PushSubscription subscription, Notification notification, Instant now) {
        Optional<Account> sender = accounts.byId(notification.fromAccountId());
        Optional<Account> receiver = accounts.byId(notification.accountId()).filter(Account::isLocal);
        if (sender.isEmpty() || receiver.isEmpty()) {
            return Optional.empty();
        }
        Domain domain = domains.byId(receiver.get().domainId().getAsLong());
        ObjectUri endpoint = ObjectUri.parse(subscription.endpoint());
        String subject = texts.contactEmail(domain).map("mailto:"::concat).orElse(domain.baseUrl() + "/");
        String audience = (endpoint.isHttps() ? "https://" : "http://") + endpoint.host().value();
        String token = VapidToken.make(keys.privateKey(), audience, subject, now);
        byte[] plain = words(notification, sender.get(), domain).encode().getBytes(StandardCharsets.UTF_8);
        return Optional.of(sealed(subscription, plain, token));
    }

    private Message sealed(PushSubscription subscription, byte[] plain, String token) {
        ECPublicKey subscriber = PointP256.key(subscription.publicKey()).orElseThrow();
        KeyPair once = PointP256.newPair();
        byte[] salt = new byte[PushEncryption.SALT_BYTES];
        random.nextBytes(salt);
        List<Header> headers = new ArrayList<>(List.of(new Header("Content-Type", "application/octet-stream"), new Header("TTL", TIME_TO_LIVE),
            new Header("Urgency", "normal")));
        String own = BASE64.encodeToString(keys.point());
        if (subscription.standard()) {
            headers.addAll(List.of(new Header("Content-Encoding", "aes128gcm"), new Header("Authorization", "vapid t=" + token + ", k=" + own)));
            return new Message(headers, PushEncryption.standard(plain, subscriber, subscription.authSecret(), once, salt));
        }
        String sender = BASE64.encodeToString(PointP256.of((ECPublicKey) once.getPublic()));
        headers.addAll(List.of(new Header("Content-Encoding", "aesgcm"), new Header("Encryption", "salt=" + BASE64.encodeToString(salt)),
            new Header("Crypto-Key", "dh=" + sender + ";p256ecdsa=" + own), new Header("Authorization", "WebPush " + token)));
        return new Message(headers, PushEncryption.draft(plain, subscriber, subscription.authSecret(), once, salt));
    }

    /** Mastodon's payload. The token itself is known to nobody here (adr/0006), and clients that decode strictly want text. */
    private JsonObject words(Notification notification, Account sender, Domain domain) {
        String locale = accounts.localeOf(notification.accountId());
        String name = cut(sender.displayName().isBlank() ? sender.username() : sender.displayName(), LONGEST_NAME);
        Optional<Status> status = notification.statusId() == null ? Optional.empty() : statuses.byId(notification.statusId());
        String text = status.map(found -> found.spoilerText().isBlank() ? HtmlToText.convert(found.content()) : found.spoilerText())
            .orElseGet(() -> sender.id() == notification.accountId() ? "" : HtmlToText.convert(sender.note()));
        return new JsonObject()
            .put("access_token", "")
            .put("preferred_locale", locale)
            .put("notification_id", notification.id())
            .put("notification_type", notification.type().apiName())
            .put("icon", icon(sender, domain))
            .put("title", NotificationTitle.of(notification.type(), name, locale))
            .put("body", cut(text, LONGEST_BODY));
    }

    private String icon(Account sender, Domain domain) {
        String avatar = sender.avatarBlob() == null ? addresses.of(sender.avatarRemoteUrl(), sender.isLocal() ? "" : sender.host(), domain)
            : urls.of(domain.baseUrl(), sender.avatarBlob());
        return avatar != null && avatar.length() <= LONGEST_ICON ? avatar : domain.baseUrl() + MISSING_AVATAR;
    }

    private static String cut(String text, int characters) {
        return text.codePointCount(0, text.length()) <= characters ? text
            : text.substring(0, text.offsetByCodePoints(0, characters - 1)) + "…";
    }
}
