package social.dunlin.federation.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Real servers on loopback addresses for tests: well-behaved ones and raw sockets that are not. */
final class LoopbackServers implements AutoCloseable {
    private static final String PASSWORD = "changeit";
    private final List<AutoCloseable> open = new ArrayList<>();

    interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    interface RawHandler {
        void handle(OutputStream output) throws IOException, InterruptedException;
    }

    /** A raw server and how many connections it has seen. */
    record Raw(int port, AtomicInteger connections) {
    }

    int http(String address, Handler handler) throws IOException {
        return start(HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), 0), 0), handler);
    }

    int https(String address, Path keyStore, Handler handler) throws IOException, GeneralSecurityException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(sslContext(keyStore)));
        return start(server, handler);
    }

    private int start(HttpServer server, Handler handler) {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                handler.handle(exchange);
            }
        });
        server.start();
        open.add(() -> server.stop(0));
        return server.getAddress().getPort();
    }

    /** Reads the request's head, then lets the handler write what it likes. */
    Raw raw(String address, RawHandler handler) throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.ofLiteral(address));
        AtomicInteger connections = new AtomicInteger();
        open.add(socket);
        Thread.ofVirtual().start(() -> {
            while (!socket.isClosed()) {
                accept(socket, connections, handler);
            }
        });
        return new Raw(socket.getLocalPort(), connections);
    }

    private void accept(ServerSocket server, AtomicInteger connections, RawHandler handler) {
        try {
            Socket socket = server.accept();
            connections.incrementAndGet();
            Thread.ofVirtual().start(() -> serve(socket, handler));
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void serve(Socket socket, RawHandler handler) {
        try (socket) {
            readHead(socket.getInputStream());
            handler.handle(socket.getOutputStream());
        } catch (IOException | InterruptedException clientLeft) {
            // That is what these tests want.
        }
    }

    private static void readHead(InputStream input) throws IOException {
        int newlines = 0;
        while (newlines < 2) {
            int octet = input.read();
            if (octet < 0) {
                return;
            }
            newlines = octet == '\n' ? newlines + 1 : octet == '\r' ? newlines : 0;
        }
    }

    static void answer(HttpExchange exchange, int status, String contentType, byte[] body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(302, -1);
    }

    /** A key store with a self-signed certificate for the names, and beside it {@code certificate.pem}. */
    static Path keyStore(Path directory, String... names) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path store = directory.resolve("keys.p12");
        String alternatives = "san=" + String.join(",", Arrays.stream(names).map(name -> "dns:" + name).toList());
        keytool("-genkeypair", "-alias", "server", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=test",
                "-ext", alternatives, "-ext", "bc:c=ca:true", "-validity", "2", "-storetype", "PKCS12",
                "-keystore", store.toString(), "-storepass", PASSWORD);
        keytool("-exportcert", "-rfc", "-alias", "server", "-keystore", store.toString(), "-storepass", PASSWORD,
                "-file", directory.resolve("certificate.pem").toString());
        return store;
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException(output);
        }
    }

    private static SSLContext sslContext(Path keyStore) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(keyStore)) {
            store.load(input, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable server : open) {
            server.close();
        }
    }
}
