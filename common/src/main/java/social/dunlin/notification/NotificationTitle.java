package social.dunlin.notification;

import java.util.Locale;

/**
 * A notification in one sentence, for clients that cannot fetch it or do not know its kind. In the languages of the pages;
 * nothing in it but the name needs escaping in HTML.
 */
public final class NotificationTitle {
    private NotificationTitle() {
    }

    public static String of(NotificationType type, String name, String locale) {
        return (isGerman(locale) ? german(type) : english(type)).formatted(name);
    }

    /** Of a group of sign-ups. @param others how many besides the one who is named */
    public static String ofSignUps(String name, int others, String locale) {
        return (isGerman(locale) ? "%s und %d weitere haben sich angemeldet" : "%s and %d more signed up").formatted(name, others);
    }

    private static boolean isGerman(String locale) {
        return locale.toLowerCase(Locale.ROOT).startsWith("de");
    }

    private static String english(NotificationType type) {
        return switch (type) {
            case MENTION -> "%s mentioned you";
            case STATUS -> "%s just posted";
            case REBLOG -> "%s boosted your post";
            case FOLLOW -> "%s is now following you";
            case FOLLOW_REQUEST -> "%s wants to follow you";
            case FAVOURITE -> "%s favourited your post";
            case POLL -> "A poll by %s has ended";
            case UPDATE -> "%s edited a post";
            case QUOTE -> "%s quoted your post";
            case QUOTED_UPDATE -> "%s edited a post you have quoted";
            case ADMIN_SIGN_UP -> "%s signed up";
            case ADMIN_REPORT -> "%s reported somebody";
            case SEVERED_RELATIONSHIPS -> "You have lost connections";
            case MODERATION_WARNING -> "The moderators have a word for you";
            case ADDED_TO_COLLECTION -> "%s put you into a collection";
            case COLLECTION_UPDATE -> "%s changed a collection with you in it";
        };
    }

    private static String german(NotificationType type) {
        return switch (type) {
            case MENTION -> "%s hat dich erwähnt";
            case STATUS -> "%s hat etwas geschrieben";
            case REBLOG -> "%s hat deinen Beitrag geteilt";
            case FOLLOW -> "%s folgt dir jetzt";
            case FOLLOW_REQUEST -> "%s möchte dir folgen";
            case FAVOURITE -> "%s gefällt dein Beitrag";
            case POLL -> "Eine Umfrage von %s ist beendet";
            case UPDATE -> "%s hat einen Beitrag bearbeitet";
            case QUOTE -> "%s hat deinen Beitrag zitiert";
            case QUOTED_UPDATE -> "%s hat einen Beitrag bearbeitet, den du zitiert hast";
            case ADMIN_SIGN_UP -> "%s hat sich angemeldet";
            case ADMIN_REPORT -> "%s hat jemanden gemeldet";
            case SEVERED_RELATIONSHIPS -> "Du hast Verbindungen verloren";
            case MODERATION_WARNING -> "Die Moderation hat dir etwas zu sagen";
            case ADDED_TO_COLLECTION -> "%s hat dich in eine Sammlung aufgenommen";
            case COLLECTION_UPDATE -> "%s hat eine Sammlung mit dir geändert";
        };
    }
}
