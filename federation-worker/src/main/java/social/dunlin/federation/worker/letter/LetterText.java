package social.dunlin.federation.worker.letter;

import java.util.Optional;
import social.dunlin.account.UserCodes.Purpose;
import social.dunlin.mail.Mail;

/** The words of the letters. A text has three places: the name of the account, the domain, the link. */
enum LetterText {
    ENGLISH(new Form("Confirm your e-mail address at %2$s", """
            Hello %1$s,

            somebody, we hope you, signed up at %2$s with this e-mail address. Please confirm it within a week:

            %3$s

            If it was not you, do nothing: the account is deleted then.
            """),
        new Form("Your password at %2$s", """
            Hello %1$s,

            somebody asked for a new password of your account at %2$s. You can choose it here within six hours:

            %3$s

            If it was not you, do nothing: your password stays as it is.
            """),
        new Form("Welcome to %2$s", """
            Hello %1$s,

            your account at %2$s is open. You can log in here, or with any app for Mastodon:

            %3$s
            """)),
    GERMAN(new Form("Bestätige deine E-Mail-Adresse bei %2$s", """
            Hallo %1$s,

            jemand, hoffentlich du, hat sich mit dieser E-Mail-Adresse bei %2$s angemeldet. Bestätige sie bitte binnen einer Woche:

            %3$s

            Warst du es nicht, brauchst du nichts zu tun: Das Konto wird dann gelöscht.
            """),
        new Form("Dein Passwort bei %2$s", """
            Hallo %1$s,

            jemand hat für dein Konto bei %2$s um ein neues Passwort gebeten. Hier kannst du es binnen sechs Stunden wählen:

            %3$s

            Warst du es nicht, brauchst du nichts zu tun: Dein Passwort bleibt, wie es ist.
            """),
        new Form("Willkommen bei %2$s", """
            Hallo %1$s,

            dein Konto bei %2$s ist offen. Hier kannst du dich anmelden, oder mit jeder App für Mastodon:

            %3$s
            """));

    private final Form confirm;
    private final Form reset;
    private final Form approved;

    LetterText(Form confirm, Form reset, Form approved) {
        this.confirm = confirm;
        this.reset = reset;
        this.approved = approved;
    }

    private record Form(String subject, String text) {
    }

    /** @param locale of the login; English when there is no text in it */
    static LetterText in(String locale) {
        return locale.equals("de") || locale.startsWith("de-") ? GERMAN : ENGLISH;
    }

    Mail write(Optional<Purpose> purpose, String to, String name, String domain, String link) {
        Form form = purpose.map(known -> switch (known) {
            case CONFIRM -> confirm;
            case RESET -> reset;
        }).orElse(approved);
        return new Mail(to, form.subject.formatted(name, domain, link), form.text.formatted(name, domain, link));
    }
}
