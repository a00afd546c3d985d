package social.dunlin.mail;

/** The mail server did not take a letter. */
public final class MailException extends RuntimeException {
    private final boolean permanent;

    MailException(String text, boolean permanent, Throwable cause) {
        super(text, cause);
        this.permanent = permanent;
    }

    /** True when trying again is of no use: the server refused this letter or its recipient (SMTP 5xx). */
    public boolean isPermanent() {
        return permanent;
    }
}
