package social.dunlin.federation.worker.letter;

import social.dunlin.account.UserLetters.Subject;
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
            """),
        new Form("Two-factor authentication is on at %2$s", """
            Hello %1$s,

            whoever logs in to your account at %2$s now needs a code of your authenticator app besides the password. It is looked after here:

            %3$s

            If it was not you, somebody knows your password: change it and write to the administrators.
            """),
        new Form("Two-factor authentication is off at %2$s", """
            Hello %1$s,

            your account at %2$s is now open to whoever knows its password alone. You can switch the second step on again here:

            %3$s

            If it was not you, change your password and write to the administrators.
            """),
        new Form("New recovery codes at %2$s", """
            Hello %1$s,

            new recovery codes were made for your account at %2$s; the old ones are good no more. They are looked after here:

            %3$s

            If it was not you, change your password and write to the administrators.
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
            """),
        new Form("Zwei-Faktor-Anmeldung ist an bei %2$s", """
            Hallo %1$s,

            wer sich bei deinem Konto bei %2$s anmeldet, braucht jetzt neben dem Passwort einen Code deiner Authentifizierungs-App. Du verwaltest das hier:

            %3$s

            Warst du es nicht, kennt jemand dein Passwort: Ändere es und schreib der Verwaltung.
            """),
        new Form("Zwei-Faktor-Anmeldung ist aus bei %2$s", """
            Hallo %1$s,

            dein Konto bei %2$s steht jetzt allen offen, die allein sein Passwort kennen. Hier kannst du den zweiten Schritt wieder einschalten:

            %3$s

            Warst du es nicht, ändere dein Passwort und schreib der Verwaltung.
            """),
        new Form("Neue Wiederherstellungscodes bei %2$s", """
            Hallo %1$s,

            für dein Konto bei %2$s wurden neue Wiederherstellungscodes gemacht; die alten gelten nicht mehr. Du verwaltest sie hier:

            %3$s

            Warst du es nicht, ändere dein Passwort und schreib der Verwaltung.
            """));

    private final Form confirm;
    private final Form reset;
    private final Form approved;
    private final Form twoFactorOn;
    private final Form twoFactorOff;
    private final Form recoveryCodes;

    LetterText(Form confirm, Form reset, Form approved, Form twoFactorOn, Form twoFactorOff, Form recoveryCodes) {
        this.confirm = confirm;
        this.reset = reset;
        this.approved = approved;
        this.twoFactorOn = twoFactorOn;
        this.twoFactorOff = twoFactorOff;
        this.recoveryCodes = recoveryCodes;
    }

    private record Form(String subject, String text) {
    }

    /** @param locale of the login; English when there is no text in it */
    static LetterText in(String locale) {
        return locale.equals("de") || locale.startsWith("de-") ? GERMAN : ENGLISH;
    }

    Mail write(Subject subject, String to, String name, String domain, String link) {
        Form form = switch (subject) {
            case CONFIRM -> confirm;
            case RESET -> reset;
            case APPROVED -> approved;
            case TWO_FACTOR_ON -> twoFactorOn;
            case TWO_FACTOR_OFF -> twoFactorOff;
            case RECOVERY_CODES -> recoveryCodes;
        };
        return new Mail(to, form.subject.formatted(name, domain, link), form.text.formatted(name, domain, link));
    }
}
