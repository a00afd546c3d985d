package social.dunlin.api.web;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import social.dunlin.oauth.Scopes;

/** Says in words what scopes allow. */
@ApplicationScoped
public class ScopeText {
    private final Pages pages;

    public ScopeText(Pages pages) {
        this.pages = pages;
    }

    /** One sentence per thing that is allowed, the far-reaching first; scopes opened by others are not repeated. */
    public List<String> describe(Scopes scopes) {
        Messages messages = messages();
        List<String> result = new ArrayList<>();
        for (String scope : Scopes.KNOWN) {
            int colon = scope.lastIndexOf(':');
            boolean saidByParent = colon > 0 && scopes.allow(scope.substring(0, colon));
            if (scopes.names().contains(scope) && !saidByParent) {
                result.add(text(messages, scope));
            }
        }
        return result;
    }

    private Messages messages() {
        return MessageBundles.get(Messages.class, Localized.Literal.of(pages.language().toLanguageTag()));
    }

    private static String text(Messages messages, String scope) {
        if (scope.startsWith("admin:read")) {
            return messages.scopeAdminRead();
        }
        if (scope.startsWith("admin:write")) {
            return messages.scopeAdminWrite();
        }
        return switch (scope) {
            case "read" -> messages.scopeRead();
            case "write" -> messages.scopeWrite();
            case "follow" -> messages.scopeFollow();
            case "push" -> messages.scopePush();
            case "profile" -> messages.scopeProfile();
            default -> scope.startsWith("read:")
                ? messages.scopeReadPart(part(messages, scope.substring("read:".length())))
                : messages.scopeWritePart(part(messages, scope.substring("write:".length())));
        };
    }

    private static String part(Messages messages, String name) {
        return switch (name) {
            case "accounts" -> messages.partAccounts();
            case "blocks" -> messages.partBlocks();
            case "bookmarks" -> messages.partBookmarks();
            case "collections" -> messages.partCollections();
            case "conversations" -> messages.partConversations();
            case "favourites" -> messages.partFavourites();
            case "filters" -> messages.partFilters();
            case "follows" -> messages.partFollows();
            case "lists" -> messages.partLists();
            case "media" -> messages.partMedia();
            case "mutes" -> messages.partMutes();
            case "notifications" -> messages.partNotifications();
            case "reports" -> messages.partReports();
            case "search" -> messages.partSearch();
            case "statuses" -> messages.partStatuses();
            default -> name;
        };
    }
}
