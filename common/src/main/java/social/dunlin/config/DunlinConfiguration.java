package social.dunlin.config;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Every setting of Dunlin with its default and its bounds. {@code http().port()} is {@code http.port} in
 * {@code dunlin.toml} and {@code DUNLIN_HTTP_PORT} in the environment. {@code docs/configuration.md} is generated from
 * here.
 */
@ConfigMapping(prefix = DunlinConfiguration.PREFIX)
@RegisterForReflection(targets = {DunlinConfiguration.class, DunlinConfiguration.Http.class,
        DunlinConfiguration.Data.class, DunlinConfiguration.Database.class, DunlinConfiguration.Federation.class,
        DunlinConfiguration.Limits.class, DunlinConfiguration.Instance.class, DunlinConfiguration.Log.class,
        DunlinConfiguration.Memory.class, DunlinConfiguration.Translation.class, DunlinConfiguration.Trends.class,
        DunlinConfiguration.Mail.class, DunlinConfiguration.Registration.class, DunlinConfiguration.Media.class,
        DunlinConfiguration.RemoteMedia.class, DunlinConfiguration.S3.class})
public interface DunlinConfiguration {
    String PREFIX = "dunlin";

    @Description("""
            The domain that stands in handles (`@name@DOMAIN`). Dunlin is then reached at `https://DOMAIN`, so a proxy \
            with TLS has to be in front. Without it Dunlin serves `http://localhost:PORT` for trying out. It can \
            never change once other servers know it.""")
    @Form(regexp = "[\\p{L}\\p{N}]([\\p{L}\\p{N}.-]*[\\p{L}\\p{N}])?(:\\d{1,5})?",
            expected = "a domain such as example.org, without https://")
    Optional<String> domain();

    Http http();

    Data data();

    Database database();

    Federation federation();

    Limits limits();

    Media media();

    RemoteMedia remoteMedia();

    S3 s3();

    Instance instance();

    Translation translation();

    Trends trends();

    Registration registration();

    Mail mail();

    Log log();

    Memory memory();

    interface Http {
        @Description("Address to listen on. `0.0.0.0` for all of them, as in a container.")
        @WithDefault("127.0.0.1")
        String host();

        @Description("Port to listen on.")
        @WithDefault("8080")
        @Bounds(min = 1, max = 65535)
        int port();

        @Description("Proxies whose `X-Forwarded-*` headers are believed. From all others they are ignored.")
        @WithDefault("127.0.0.0/8,::1/128")
        List<AddressRange> trustedProxies();
    }

    interface Data {
        @Description("""
                Folder for the embedded database, its secrets and media. A relative path starts at the folder of the \
                launcher or executable `dunlin`, or at the working directory when a jar is started without it.""")
        @WithDefault("data")
        Path dir();
    }

    interface Database {
        @Description("""
                PostgreSQL 15 or newer to use, as `postgresql://HOST:PORT/NAME`. Without it the all-in-one runs a \
                PostgreSQL of its own; the single roles need it.""")
        @Secret
        @Form(regexp = "postgres(ql)?://.*", expected = "an address such as postgresql://host:5432/dunlin")
        Optional<String> url();

        @Description("User at that server, when the address does not name it.")
        Optional<String> username();

        @Description("Password at that server, when the address does not hold it.")
        @Secret
        Optional<String> password();

        @Description("Most connections one process keeps to the database.")
        @WithDefault("10")
        @ByMemory({"3", "4", "10", "16"})
        @Bounds(min = 2, max = 200)
        int poolSize();
    }

    interface Federation {
        @Description("""
                Private address ranges that may be fetched from nevertheless, for tests and networks of your own. \
                Everything else that is not a public address is refused.""")
        Optional<List<AddressRange>> allowedPrivateCidrs();

        @Description("PEM file of certificate authorities to trust besides those of Java.")
        Optional<Path> trustedCaFile();

        @Description("Deliveries under way at once.")
        @WithDefault("16")
        @ByMemory({"4", "8", "16", "32"})
        @Bounds(min = 1, max = 256)
        int deliveryConcurrency();

        @Description("Requests under way to one host at once.")
        @WithDefault("2")
        @Bounds(min = 1, max = 32)
        int perHostConcurrency();

        @Description("Time one request to another server may take in all.")
        @WithDefault("20s")
        @Bounds(min = 1, max = 120)
        Duration timeout();

        @Description("""
                Secure mode: other servers get actors, posts and collections only for a signed request, so that whom \
                you suspend or a person blocks reads nothing this way. Some programs cannot sign; the public pages \
                stay open.""")
        @WithDefault("false")
        boolean secureMode();

        @Description("""
                Hosts of servers you are close to. Their public posts and yours are the bubble timeline of Akkoma's \
                clients.""")
        @Form(regexp = "[\\p{L}\\p{N}]([\\p{L}\\p{N}.-]*[\\p{L}\\p{N}])?(:\\d{1,5})?",
                expected = "a host such as example.org, without https://")
        Optional<List<String>> bubbleHosts();

        @Description("""
                Whether activities carry an integrity proof (FEP-8b32), by which servers can check what reached them by \
                way of others. Makes a post some 1.4 kB larger.""")
        @WithDefault("false")
        boolean integrityProofs();

        @Description("""
                Days after which posts of other servers are deleted here, 0 for never. What somebody here bookmarked, \
                favourited, boosted, answered, quoted, voted in or was mentioned in stays, and so does what answers a post \
                made here. The rest can be fetched again from its origin.""")
        @WithDefault("0")
        @Bounds(min = 0, max = 3650)
        int keepRemotePostsDays();

        @Description("""
                Days after which accounts of other servers are deleted here that nobody has heard of since and that nothing \
                here refers to, 0 for never. They were fetched to check a signature, and would be again.""")
        @WithDefault("90")
        @Bounds(min = 0, max = 3650)
        int unusedActorsDays();

        @Description("""
                Who computes signatures: `native` is a library many times as fast as `java`, but not made for every machine. \
                `automatic` takes it where it works, once there is something to sign.""")
        @WithDefault("automatic")
        Cryptography cryptography();
    }

    interface Limits {
        @Description("Whether rate limits apply. Switch them off for benchmarks only.")
        @WithDefault("true")
        boolean enabled();

        @Description("Longest post, in characters as people count them; a link counts 23.")
        @WithDefault("500")
        @Bounds(min = 1, max = 100_000)
        int statusCharacters();

        @Description("Most choices in a poll.")
        @WithDefault("4")
        @Bounds(min = 2, max = 32)
        int pollOptions();
    }

    interface Media {
        @Description("Where pictures and films are kept: `disk`, in the folder below, or `s3`, in a bucket (`s3.*`). What lies in the other one is read from there until `dunlin admin media storage-migrate` has moved it.")
        @WithDefault("disk")
        MediaStoreKind store();

        @Description("Their folder, on one file system. Without it `media` in the data folder. Roles on several machines have to share it.")
        Optional<Path> dir();

        @Description("Megabytes to leave free on that disk; uploads are refused before they would take them.")
        @WithDefault("500")
        @Bounds(min = 0, max = 10_000_000)
        int keepFreeMegabytes();

        @Description("""
                Host from which browsers get what people uploaded, such as `media.example.org`; it leads to the same server, which serves nothing else there. \
                Without it they get it from the domain itself.""")
        @Form(regexp = "[\\p{L}\\p{N}]([\\p{L}\\p{N}.-]*[\\p{L}\\p{N}])?(:\\d{1,5})?",
                expected = "a host such as media.example.org, without https://")
        Optional<String> host();

        @Description("Megabytes of the largest file that may be uploaded.")
        @WithDefault("40")
        @Bounds(min = 1, max = 99)
        int uploadMegabytes();

        @Description("Megapixels of the largest picture that may be uploaded. Making it smaller saves memory while it is looked at.")
        @WithDefault("16")
        @Bounds(min = 1, max = 100)
        int pictureMegapixels();

        @Description("Pictures and films that one media worker processes at once.")
        @WithDefault("1")
        @Bounds(min = 1, max = 32)
        int concurrency();

        @Description("""
                Who makes pictures smaller: `vips` is the command line of libvips; `java` a process with the Java that runs Dunlin, \
                which native executables have none of; `wasm` decoders that Dunlin brings along, for those; `none` takes pictures as \
                they are, without thumbnails. `automatic` takes the \
                first of them that is there.""")
        @WithDefault("automatic")
        MediaEngineKind engine();
    }

    enum MediaStoreKind {
        DISK, S3
    }

    interface S3 {
        @Description("Address of the store, as `https://s3.example.org`. Without it that of Amazon in the region.")
        @Form(regexp = "https?://[^/?#\\s@]+/?", expected = "an address such as https://s3.example.org")
        Optional<String> endpoint();

        @Description("Name of the bucket. It needs no ACL and may be private.")
        @Form(regexp = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", expected = "the name of a bucket")
        Optional<String> bucket();

        @Description("Region, as the store calls it.")
        @Form(regexp = "[A-Za-z0-9-]{1,64}", expected = "the name of a region")
        @WithDefault("us-east-1")
        String region();

        @Description("Access key.")
        Optional<String> accessKey();

        @Description("Its secret.")
        @Secret
        Optional<String> secretKey();

        @Description("Whether the bucket stands in the path (`https://HOST/BUCKET/KEY`), which all stores know, instead of the name (`https://BUCKET.HOST/KEY`).")
        @WithDefault("true")
        boolean pathStyle();

        @Description("What the keys in the bucket begin with, when several things share it.")
        @Form(regexp = "[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*/?", expected = "a prefix such as dunlin/")
        Optional<String> prefix();

        @Description("""
                How readers get what lies there: `streamed`, from this server; `signed`, from the store by an address that \
                holds for an hour; `public`, from `s3.public-url`. With the last two the store's operator sees who looks.""")
        @WithDefault("streamed")
        Delivery delivery();

        @Description("Where everybody may read the bucket, such as the address of a content delivery network.")
        @Form(regexp = "https?://\\S+", expected = "an address such as https://cdn.example.org")
        Optional<String> publicUrl();
    }

    enum CacheMode {
        OFF, LAZY, EAGER
    }

    enum Delivery {
        STREAMED, SIGNED, PUBLIC
    }

    interface RemoteMedia {
        @Description("""
                Secret that signs the addresses under which readers get pictures of other servers from here. Without it \
                one is made once and kept in the database. With another one, addresses that were given out are void.""")
        @Secret
        @Form(regexp = ".{32,}", expected = "at least 32 characters")
        Optional<String> secret();

        @Description("Megabytes of the largest picture or film that is fetched from another server for a reader here.")
        @WithDefault("128")
        @Bounds(min = 1, max = 100_000)
        int largestMegabytes();

        @Description("Pictures and films passed on from other servers at once. Who comes later waits for a turn.")
        @WithDefault("32")
        @ByMemory({"8", "16", "32", "64"})
        @Bounds(min = 1, max = 1000)
        int concurrency();

        @Description("And from one host at once.")
        @WithDefault("6")
        @Bounds(min = 1, max = 100)
        int perHostConcurrency();

        @Description("""
                What is kept of it for the next reader: `off`, nothing; `lazy`, what somebody looked at; `eager`, everything \
                that is shown here, fetched ahead. Copies lie where uploads do (`media.store`).""")
        @WithDefault("lazy")
        CacheMode cache();

        @Description("Megabytes that copies may take. Then those go that were looked at longest ago.")
        @WithDefault("1024")
        @Bounds(min = 10, max = 100_000_000)
        int cacheMegabytes();

        @Description("Days after which a copy goes that nobody looked at, 0 for never.")
        @WithDefault("30")
        @Bounds(min = 0, max = 3650)
        int cacheDays();
    }

    enum MediaEngineKind {
        AUTOMATIC, VIPS, JAVA, WASM, NONE
    }

    interface Instance {
        @Description("Name of this place.")
        @WithDefault("Dunlin")
        String title();

        @Description("What this place is, in a sentence. Without it pages say something general in the reader's language.")
        Optional<String> description();

        @Description("Where people and other administrators reach you.")
        @Form(regexp = "[^@\\s]+@[^@\\s]+", expected = "an e-mail address")
        Optional<String> contactEmail();

        @Description("Markdown file that says at length what this place is; best with its whole path, as the next two.")
        Optional<Path> extendedDescriptionFile();

        @Description("Markdown file with the privacy policy.")
        Optional<Path> privacyPolicyFile();

        @Description("Markdown file with the terms of service; they hold from the day it was last changed.")
        Optional<Path> termsOfServiceFile();

        @Description("""
                Who may read which servers are limited and blocked here (`/api/v1/instance/domain_blocks`): `nobody`, \
                `people` who have an account here, `everybody`.""")
        @WithDefault("nobody")
        Readers domainBlocks();

        @Description("Who of those may read the reasons too.")
        @WithDefault("nobody")
        Readers domainBlockReasons();
    }

    enum Readers {
        NOBODY, PEOPLE, EVERYBODY
    }

    interface Trends {
        @Description("""
                Whether hashtags, posts and links show in trends only after you allowed them with `dunlin admin trend`.""")
        @WithDefault("false")
        boolean review();
    }

    interface Translation {
        @Description("""
                Address of a LibreTranslate service, or of one that speaks the same. Then people can have public posts \
                translated; the text goes there. For one on this machine or network open its address with \
                `federation.allowed-private-cidrs`.""")
        @Form(regexp = "https?://\\S+", expected = "an address such as https://translate.example.org")
        Optional<String> url();

        @Description("Key for that service, when it asks for one.")
        @Secret
        Optional<String> apiKey();
    }

    interface Registration {
        @Description("""
                Who may sign up: `closed`, nobody, accounts are made by `dunlin admin create-user`; `invitation`, whoever has \
                an invitation; `approval`, everybody, and an administrator lets them in who have no invitation; `open`, \
                everybody. All but the first need a mail server, by which people prove that their e-mail address is theirs.""")
        @WithDefault("closed")
        RegistrationMode mode();

        @Description("""
                Who may make invitations, at `/settings/invites`: `nobody`, `administrators`, `moderators` (and \
                administrators), `everybody`. The operator always can, with `dunlin admin invite`.""")
        @WithDefault("administrators")
        Inviters invites();

        @Description("What people read who cannot sign up because it is closed.")
        Optional<String> message();
    }

    enum RegistrationMode {
        CLOSED, INVITATION, APPROVAL, OPEN
    }

    enum Inviters {
        NOBODY, ADMINISTRATORS, MODERATORS, EVERYBODY
    }

    interface Mail {
        @Description("Mail server (SMTP) for letters to people here: confirming an address, a forgotten password. Without it none are sent.")
        Optional<String> host();

        @Description("Its port.")
        @WithDefault("587")
        @Bounds(min = 1, max = 65535)
        int port();

        @Description("How the connection is encrypted: `starttls`, usual at port 587; `tls` from its beginning, usual at port 465; `none`, for a server on this machine.")
        @WithDefault("starttls")
        MailSecurity security();

        @Description("User name at the mail server, when it asks for one.")
        Optional<String> username();

        @Description("Password at the mail server.")
        @Secret
        Optional<String> password();

        @Description("Sender of the letters. Without it `dunlin@DOMAIN`.")
        @Form(regexp = "[^@\\s]+@[^@\\s]+", expected = "an e-mail address")
        Optional<String> from();
    }

    enum MailSecurity {
        STARTTLS, TLS, NONE
    }

    interface Memory {
        @Description("""
                The machine to tune for: `tiny` 256 MB, `small` 512 MB, `medium` 1 GB, `large` more; otherwise the \
                machine or the container is asked. Pools and the embedded PostgreSQL follow it. The heap is a share \
                of the memory, or what `-Xmx` says: `dunlin -Xmx64m run`, with Java `DUNLIN_JAVA_OPTIONS=-Xmx64m`.""")
        Optional<NodeSize> size();
    }

    interface Log {
        @Description("How much is told.")
        @WithDefault("info")
        LogLevel level();
    }

    enum LogLevel {
        ERROR, WARN, INFO, DEBUG
    }
}
