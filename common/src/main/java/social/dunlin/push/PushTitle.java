package social.dunlin.push;

import java.util.Locale;
import social.dunlin.notification.NotificationType;

/** What stands over a push message; clients show it when they cannot fetch the notification. In the languages of the pages. */
final class PushTitle {
    private PushTitle() {
    }

    static String of(NotificationType type, String name, String locale) {
        return (locale.toLowerCase(Locale.ROOT).startsWith("de") ? german(type) : english(type)).formatted(name);
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
