package social.dunlin.mail;

/** A letter in plain text to one person. */
public record Mail(String to, String subject, String text) {
}
