package social.dunlin.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A packaged Dunlin application running as a child process, as people run it: one role or all in one,
 * over HTTPS with a certificate of the {@link TestAuthority}, its names in a hosts file of the test.
 */
final class Server implements AutoCloseable {
    private static final Path LOGS = Path.of("target", "server-logs").toAbsolutePath();
    private static final int FIRST_PORT = 16_000;
    private static final int SPAN_OF_PORTS = 16_000;
    private static final AtomicInteger PORTS = new AtomicInteger((int) (ProcessHandle.current().pid() * 37 % SPAN_OF_PORTS));
    static final Path HOSTS = Path.of("src", "test", "resources", "hosts").toAbsolutePath();

    private final String name;
    private final String role;
    private final String host;
    private final int port;
    private final boolean tls;
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> certified = new ArrayList<>();
    private Artifact artifact = Artifact.underTest();
    private List<String> prefix = List.of();
    private Process process;

    private Server(String name, String role, String host, int port, boolean tls) {
        this.name = name;
        this.role = role;
        this.host = host;
        this.port = port;
        this.tls = tls;
        certified.add(host);
    }

    /** An all-in-one at https://HOST:PORT on a free port, on the given database. */
    static Server overHttps(String host, String databaseUri) {
        return role("all-in-one", host, freePort(), databaseUri);
    }

    /** An all-in-one at https://HOST:PORT on a free port, with its own PostgreSQL in the data directory. */
    static Server overHttpsWithOwnDatabase(String host, Path dataDirectory) {
        Server server = new Server(host + "-alone", "all-in-one", host, freePort(), true);
        server.environment.put("DUNLIN_DOMAIN", server.domain());
        server.environment.put("DUNLIN_DATA_DIR", dataDirectory.toAbsolutePath().toString());
        return server;
    }

    /** One role that serves the domain HOST:DOMAIN_PORT; only the api role should listen on that port. */
    static Server role(String role, String host, int port, String databaseUri) {
        Server server = new Server(host + "-" + role, role, host, port, true);
        server.environment.put("DUNLIN_DOMAIN", host + ":" + port);
        server.environment.put("DUNLIN_DATABASE_URL", databaseUri);
        return server;
    }

    /** A worker role for a domain whose api listens elsewhere. */
    static Server worker(String role, String domain, String databaseUri) {
        Server server = new Server(domain.replace(':', '-') + "-" + role, role, "localhost", freePort(), false);
        server.environment.put("DUNLIN_DOMAIN", domain);
        server.environment.put("DUNLIN_DATABASE_URL", databaseUri);
        return server;
    }

    /** The all-in-one as tried out at home: http://localhost:PORT, its own PostgreSQL in the data directory. */
    static Server tryOut(Path dataDirectory) {
        Server server = new Server("localhost", "all-in-one", "localhost", freePort(), false);
        server.environment.put("DUNLIN_DATA_DIR", dataDirectory.toAbsolutePath().toString());
        return server;
    }

    Server with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Lets the certificate name a second host as well. */
    Server alsoKnownAs(String otherHost) {
        certified.add(otherHost);
        return this;
    }

    /** Runs on a virtual machine also where executables are tested. */
    Server onVirtualMachine() {
        artifact = Artifact.JVM;
        return this;
    }

    /** Runs, with all its commands, on that machine. */
    Server within(SmallMachine machine) {
        prefix = machine.prefix();
        return this;
    }

    Server start() {
        launch();
        awaitReady();
        return this;
    }

    /** Starts the process without waiting for it to be ready. */
    Server launch() {
        try {
            Files.createDirectories(LOGS);
            ProcessBuilder builder = new ProcessBuilder(command("run"));
            builder.environment().putAll(environment());
            builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
            process = builder.start();
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Waits until the process says it is ready. */
    void awaitReady() {
        Await.until(name + " is ready, see " + log(), Duration.ofMinutes(5), () -> {
            if (!process.isAlive()) {
                throw new AssertionError("%s ended with %d:%n%s".formatted(name, process.exitValue(), output()));
            }
            try {
                return Api.send(HttpRequest.newBuilder(URI.create(base() + "/readyz")).timeout(Duration.ofSeconds(30)).build()).status() == 200;
            } catch (IllegalStateException notYet) {
                return false;
            }
        });
    }

    /** Runs a launcher command of this server, e.g. {@code admin create-user alice}, and gives what it printed. */
    String run(String... arguments) {
        Finished finished = tryRun(arguments);
        if (finished.exitCode() != 0) {
            throw new AssertionError("%s ended with %d:%n%s".formatted(List.of(arguments), finished.exitCode(), finished.output()));
        }
        return finished.output();
    }

    record Finished(int exitCode, String output) {
    }

    Finished tryRun(String... arguments) {
        return tryRunWithInput(null, arguments);
    }

    Finished tryRunWithInput(String input, String... arguments) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command(arguments)).redirectErrorStream(true);
            builder.environment().putAll(environment());
            Process command = builder.start();
            try (var stdin = command.getOutputStream()) {
                if (input != null) {
                    stdin.write(input.getBytes(StandardCharsets.UTF_8));
                }
            }
            String output = new String(command.getInputStream().readAllBytes());
            if (!command.waitFor(120, TimeUnit.SECONDS)) {
                command.destroyForcibly();
                throw new AssertionError("%s did not end:%n%s".formatted(List.of(arguments), output));
            }
            return new Finished(command.exitValue(), output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        }
    }

    private List<String> command(String... arguments) {
        List<String> properties = new ArrayList<>(List.of("-Djdk.net.hosts.file=" + HOSTS));
        if (tls) {
            properties.addAll(List.of(
                "-Dquarkus.http.ssl-port=" + port,
                "-Dquarkus.http.insecure-requests=disabled",
                "-Dquarkus.http.ssl.certificate.key-store-file=" + TestAuthority.get().keyStoreFor(certified.toArray(String[]::new)),
                "-Dquarkus.http.ssl.certificate.key-store-file-type=PKCS12",
                "-Dquarkus.http.ssl.certificate.key-store-password=" + TestAuthority.PASSWORD));
        }
        List<String> command = new ArrayList<>(prefix);
        command.addAll(artifact.command(role, properties, List.of(arguments)));
        return command;
    }

    private Map<String, String> environment() {
        Map<String, String> result = new TreeMap<>(environment);
        result.putIfAbsent("DUNLIN_HTTP_HOST", "127.0.0.1");
        result.put("DUNLIN_HTTP_PORT", String.valueOf(port));
        result.putIfAbsent("DUNLIN_DATA_DIR", Path.of("target", "server-data", name + "-" + port).toAbsolutePath().toString());
        result.putIfAbsent("DUNLIN_FEDERATION_ALLOWED_PRIVATE_CIDRS", "127.0.0.0/8");
        result.put("DUNLIN_FEDERATION_TRUSTED_CA_FILE", TestAuthority.get().certificate().toString());
        result.put("DUNLIN_LIMITS_ENABLED", environment.getOrDefault("DUNLIN_LIMITS_ENABLED", "false"));
        result.put("MALLOC_ARENA_MAX", "1");
        return result;
    }

    /** Makes a confirmed local user who lets a client in, with a token of all scopes a person can give. */
    Api newUser(String username) {
        String password = "correct horse " + username;
        createUser(username, username + "@" + host + ".example", password, false);
        return new Api(base(), new Visitor(base()).signIn(username, password).letClientIn());
    }

    /** A confirmed local user, made past the command line where that is possible: each command is a process. */
    void createUser(String username, String email, String password, boolean admin) {
        if (prefix.isEmpty()) {
            Settlers.settle(databaseUri(), username, email, password, admin);
        } else {
            List<String> command = new ArrayList<>(List.of("admin", "create-user", username, "--email", email, "--password", password, "--confirmed"));
            if (admin) {
                command.add("--admin");
            }
            run(command.toArray(String[]::new));
        }
    }

    /** Of its own PostgreSQL, which has to run, when it was given no other. */
    private String databaseUri() {
        return environment.containsKey("DUNLIN_DATABASE_URL") ? environment.get("DUNLIN_DATABASE_URL")
            : artifact.ownDatabase(Path.of(environment.get("DUNLIN_DATA_DIR")));
    }

    Api anonymous() {
        return new Api(base(), null);
    }

    /** Sends these very bytes over an encrypted connection and gives what comes back until its end. */
    String raw(String request) {
        try (Socket socket = TestAuthority.get().clientContext().getSocketFactory().createSocket(host, port)) {
            socket.setSoTimeout(120_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String base() {
        return (tls ? "https://" : "http://") + host + ":" + port;
    }

    /** HOST:PORT, as it stands in handles. */
    String domain() {
        return host + ":" + port;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    Process process() {
        return process;
    }

    Path log() {
        return LOGS.resolve(name + "-" + port + ".log");
    }

    String output() {
        try {
            return Files.readString(log());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** SIGTERM, and waits: the clean way. */
    void stop() {
        end(process::destroy);
    }

    /** SIGKILL: nothing is said, nothing is saved. */
    void kill() {
        end(process::destroyForcibly);
    }

    private void end(Runnable how) {
        try {
            how.run();
            if (!process.waitFor(90, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(name + " did not stop, see " + log());
            }
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        if (isAlive()) {
            stop();
        }
    }

    /**
     * Never given twice, and below those that the kernel takes for connections: before a server listens on it, seconds pass
     * in which other scenarios open many.
     */
    static int freePort() {
        while (true) {
            int port = FIRST_PORT + PORTS.getAndIncrement() % SPAN_OF_PORTS;
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // The next one, then.
            }
        }
    }
}
