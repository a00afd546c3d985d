package social.dunlin.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mailbox for everybody: a small SMTP server (RFC 5321) that keeps what it gets. */
final class MailServer implements AutoCloseable {
    private static final Pattern LINK = Pattern.compile("https?://\\S+");

    private final ServerSocket socket;
    private final List<Letter> letters = new ArrayList<>();

    record Letter(String to, String text) {
        /** The path and query of the only link. */
        String link(String base) {
            Matcher matcher = LINK.matcher(text.replace("=\n", "").replace("=3D", "="));
            if (!matcher.find()) {
                throw new AssertionError("no link in " + text);
            }
            return matcher.group().replaceFirst("^" + Pattern.quote(base), "");
        }
    }

    MailServer() {
        try {
            socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The letter to this address whose text contains this, once it has come. */
    Letter await(String to, String text) {
        return Await.present("a letter to %s with '%s'".formatted(to, text), () -> find(to, text));
    }

    synchronized Optional<Letter> find(String to, String text) {
        return letters.stream().filter(letter -> letter.to.equals(to) && letter.text.contains(text)).reduce((first, second) -> second);
    }

    private synchronized void keep(Letter letter) {
        letters.add(letter);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket visitor = socket.accept()) {
                talk(visitor);
            } catch (IOException ended) {
                // The visitor hung up, or the test is over.
            }
        }
    }

    private void talk(Socket visitor) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(visitor.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = visitor.getOutputStream();
        say(out, "220 mail.test");
        String to = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String verb = line.split("[ :]")[0].toUpperCase();
            switch (verb) {
                case "RCPT" -> {
                    to = line.replaceAll(".*<|>.*", "");
                    say(out, "250 ok");
                }
                case "DATA" -> {
                    say(out, "354 go on");
                    StringBuilder text = new StringBuilder();
                    for (String part = in.readLine(); part != null && !part.equals("."); part = in.readLine()) {
                        text.append(part).append('\n');
                    }
                    keep(new Letter(to, text.toString()));
                    say(out, "250 ok");
                }
                case "QUIT" -> {
                    say(out, "221 bye");
                    return;
                }
                default -> say(out, "250 ok");
            }
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
