package social.dunlin.config;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** What people upload, and copies of what other servers show. Parts of {@link DunlinConfiguration}. */
public interface MediaConfiguration {
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

    enum MediaEngineKind {
        AUTOMATIC, VIPS, JAVA, WASM, NONE
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

    enum CacheMode {
        OFF, LAZY, EAGER
    }
}
