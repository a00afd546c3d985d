import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What handing on other servers' pictures and films costs: CPU of the server and its PostgreSQL per picture of 50 kB and
 * per gigabyte of films, without copies and from them, against a program of one line that copies the same bytes.
 */
public class Proxy {
    private static final String SECRET = "a secret for measurements, long enough";
    private static final int PICTURE = 50_000;
    private static final int FILM = 20_000_000;
    private static final int READERS = 8;
    private static final java.net.http.HttpClient HTTP = java.net.http.HttpClient.newBuilder().version(java.net.http.HttpClient.Version.HTTP_1_1).build();

    private final Path root;
    private final String virtualMachine;
    private final int pictures;
    private String origin;

    private Proxy(String java, Path root, int pictures) {
        this.virtualMachine = java;
        this.root = root;
        this.pictures = pictures;
    }

    /** Arguments: java, the checkout and how many pictures; or "copier" and the origin, as a process of its own. */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("copier")) {
            copy(arguments[1]);
        } else {
            new Proxy(arguments[0], Path.of(arguments[1]), arguments.length > 2 ? Integer.parseInt(arguments[2]) : 4_000).run();
        }
    }

    /** Copies whatever is asked for from the origin, and nothing else. */
    private static void copy(String origin) {
        Vertx vertx = Vertx.vertx();
        HttpClient client = vertx.createHttpClient();
        URI uri = URI.create(origin);
        vertx.createHttpServer().requestHandler(request -> client.request(HttpMethod.GET, uri.getPort(), uri.getHost(), request.path())
            .compose(out -> out.send()).onSuccess(answer -> {
                request.response().putHeader("Content-Length", answer.getHeader("Content-Length"));
                answer.pipeTo(request.response());
            })).listen(0, "127.0.0.1").onSuccess(server -> System.out.println(server.actualPort()));
    }

    private void run() throws Exception {
        Vertx vertx = Vertx.vertx();
        Buffer picture = Buffer.buffer(new byte[PICTURE]);
        Buffer film = Buffer.buffer(new byte[FILM]);
        origin = "http://127.0.0.1:" + vertx.createHttpServer().requestHandler(request -> request.response()
                .putHeader("Content-Type", request.path().endsWith(".mp4") ? "video/mp4" : "image/png").end(request.path().endsWith(".mp4") ? film : picture))
            .listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS).actualPort();
        Process copier = new ProcessBuilder(virtualMachine, "--class-path", System.getProperty("java.class.path"), root.resolve("bench/Proxy.java").toString(), "copier", origin)
            .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String copied = "http://127.0.0.1:" + copier.inputReader().readLine();
        System.out.printf("%-34s %16s %16s %12s %12s%n", "", "CPU per picture", "CPU per GB", "pictures/s", "MB/s");
        Cost plain = measure("plain copying", address -> copied + address, () -> ticks(copier.pid()));
        copier.destroy();
        for (String mode : List.of("off", "lazy")) {
            Map<String, String> settings = Map.of("DUNLIN_REMOTE_MEDIA_SECRET", SECRET, "DUNLIN_REMOTE_MEDIA_CACHE", mode, "DUNLIN_MEMORY_SIZE", "small",
                "DUNLIN_REMOTE_MEDIA_CONCURRENCY", "64", "DUNLIN_REMOTE_MEDIA_PER_HOST_CONCURRENCY", "64",
                "DUNLIN_FEDERATION_ALLOWED_PRIVATE_CIDRS", "127.0.0.0/8");
            try (BenchNode node = new BenchNode(root.resolve("dunlin"), settings)) {
                node.start(root.resolve("all-in-one/target/quarkus-app"));
                Cost cost = measure(mode.equals("off") ? "proxy, no copies" : "proxy, from copies", address -> node.base() + proxied(origin + address),
                    () -> node.cpu().all());
                System.out.printf("  against plain copying: %.1f times the CPU per picture, %.1f times per GB; the server takes %.0f MB%n",
                    cost.perPicture / plain.perPicture, cost.perGigabyte / plain.perGigabyte, node.serverMemory());
            }
        }
        vertx.close();
        System.exit(0);
    }

    private record Cost(double perPicture, double perGigabyte) {
    }

    /** Gives the address under which a path of the origin is asked for. */
    private interface Way {
        String to(String path);
    }

    private Cost measure(String name, Way way, Callable<Long> cpu) throws Exception {
        int films = Math.max(1, pictures / 40);
        load(way, "png", pictures / 2);
        load(way, "mp4", Math.max(1, films / 5));
        long before = cpu.call();
        double pictureSeconds = load(way, "png", pictures);
        long between = cpu.call();
        double filmSeconds = load(way, "mp4", films);
        long after = cpu.call();
        Cost cost = new Cost((double) (between - before) / pictures, (after - between) / ((double) films * FILM / 1e9));
        System.out.printf("%-34s %13.3f ms %13.0f ms %12.0f %12.0f%n", name, cost.perPicture, cost.perGigabyte, pictures / pictureSeconds, (double) films * FILM / 1e6 / filmSeconds);
        return cost;
    }

    /** Asks so many times for fifty addresses in turn; the seconds it took. */
    private static double load(Way way, String kind, int requests) throws Exception {
        long begun = System.nanoTime();
        try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
            List<Callable<Void>> work = new ArrayList<>();
            for (int number = 0; number < requests; number++) {
                String address = way.to("/file-" + number % 50 + "." + kind);
                work.add(() -> {
                    HttpResponse<InputStream> answer = HTTP.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofInputStream());
                    try (InputStream body = answer.body()) {
                        long bytes = body.transferTo(java.io.OutputStream.nullOutputStream());
                        if (answer.statusCode() != 200 || bytes < PICTURE) {
                            throw new IllegalStateException(answer.statusCode() + " with " + bytes + " bytes from " + address);
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> done : readers.invokeAll(work)) {
                done.get();
            }
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private static String proxied(String url) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = Arrays.copyOf(mac.doFinal((url + "\n").getBytes(StandardCharsets.UTF_8)), 16);
            return "/proxy/media?url=" + URLEncoder.encode(url, StandardCharsets.UTF_8) + "&sig=" + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (java.security.GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static long ticks(long process) throws java.io.IOException {
        String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10;
    }
}
