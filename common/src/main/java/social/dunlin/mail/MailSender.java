package social.dunlin.mail;

import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.config.PeopleConfiguration;
import social.dunlin.config.PublicAddress;

/** Hands letters to the mail server of the settings. The client is made with the first letter. */
@ApplicationScoped
public class MailSender {
    private static final long PATIENCE_SECONDS = 60;

    private final Vertx vertx;
    private final PeopleConfiguration.Mail settings;
    private final String own;
    private MailClient client;

    public MailSender(Vertx vertx, DunlinConfiguration configuration, PublicAddress address) {
        this.vertx = vertx;
        this.settings = configuration.mail();
        this.own = address.domain().replaceFirst(":\\d+$", "");
    }

    /** False when the settings name no mail server. */
    public boolean isConfigured() {
        return settings.host().isPresent();
    }

    /** Returns when the mail server has taken it. */
    public void send(Mail mail) {
        MailMessage message = new MailMessage().setFrom(settings.from().orElse("dunlin@" + own)).setTo(mail.to())
            .setSubject(mail.subject()).setText(mail.text())
            // Answers by machines to a machine help nobody (RFC 3834 §5).
            .addHeader("Auto-Submitted", "auto-generated");
        try {
            client().sendMail(message).toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            boolean permanent = failure.getCause() instanceof SMTPException refused && refused.isPermanent();
            throw new MailException("The mail server did not take a letter: " + failure.getCause().getMessage(), permanent, failure.getCause());
        } catch (TimeoutException failure) {
            throw new MailException("The mail server did not answer", false, failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new MailException("Interrupted while sending a letter", false, failure);
        }
    }

    private synchronized MailClient client() {
        if (client == null) {
            client = MailClient.create(vertx, mailServer());
        }
        return client;
    }

    private MailConfig mailServer() {
        MailConfig server = new MailConfig()
            .setHostname(settings.host().orElseThrow(() -> new MailException("No mail server is set: mail.host", true, null)))
            .setPort(settings.port())
            .setOwnHostname(own)
            .setMaxPoolSize(1)
            .setKeepAlive(false)
            .setLogin(settings.username().isPresent() ? LoginOption.REQUIRED : LoginOption.DISABLED);
        settings.username().ifPresent(server::setUsername);
        settings.password().ifPresent(server::setPassword);
        return switch (settings.security()) {
            case STARTTLS -> server.setStarttls(StartTLSOptions.REQUIRED);
            case TLS -> server.setStarttls(StartTLSOptions.DISABLED).setSsl(true);
            case NONE -> server.setStarttls(StartTLSOptions.DISABLED);
        };
    }

    @PreDestroy
    synchronized void close() {
        if (client != null) {
            client.close();
        }
    }
}
