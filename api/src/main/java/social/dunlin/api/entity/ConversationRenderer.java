package social.dunlin.api.entity;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import social.dunlin.conversation.PrivateConversation;
import social.dunlin.status.StatusReader;
import social.dunlin.visibility.Viewer;

/** Private conversations as the API shows them: people and posts of the whole page are loaded at once. */
@ApplicationScoped
public class ConversationRenderer {
    private final AccountRenderer accounts;
    private final StatusReader statuses;
    private final StatusJsonRenderer statusRenderer;

    public ConversationRenderer(AccountRenderer accounts, StatusReader statuses, StatusJsonRenderer statusRenderer) {
        this.accounts = accounts;
        this.statuses = statuses;
        this.statusRenderer = statusRenderer;
    }

    /** All of one reader, in the same order. */
    public List<ConversationEntity> render(List<PrivateConversation> page, long reader) {
        Viewer viewer = Viewer.of(reader);
        Map<Long, AccountEntity> people = accounts.renderIds(page.stream().flatMap(ConversationRenderer::people).collect(Collectors.toSet()));
        Map<Long, RawJson> posts = statusRenderer.renderById(
            statuses.list(viewer, page.stream().map(PrivateConversation::lastStatusId).toList()), viewer);
        return page.stream().map(conversation -> new ConversationEntity(Long.toString(conversation.id()), conversation.unread(),
            people(conversation).map(people::get).filter(Objects::nonNull).toList(), posts.get(conversation.lastStatusId()))).toList();
    }

    private static Stream<Long> people(PrivateConversation conversation) {
        return conversation.participantIds().isEmpty() ? Stream.of(conversation.accountId()) : conversation.participantIds().stream();
    }
}
