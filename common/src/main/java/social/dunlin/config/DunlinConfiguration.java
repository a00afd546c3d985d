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
        PeopleConfiguration.Mail.class, PeopleConfiguration.Registration.class, MediaConfiguration.Media.class,
        MediaConfiguration.RemoteMedia.class, MediaConfiguration.S3.class})
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

    MediaConfiguration.Media media();

    MediaConfiguration.RemoteMedia remoteMedia();

    MediaConfiguration.S3 s3();

    Instance instance();

    Translation translation();

    Trends trends();

    PeopleConfiguration.Registration registration();

    PeopleConfiguration.Mail mail();

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
