package social.dunlin.config;

import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Who comes here, and the letters they get. Parts of {@link DunlinConfiguration}. */
public interface PeopleConfiguration {
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
}
