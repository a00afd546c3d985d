package social.dunlin.api.streaming;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.api.access.DomainScope;
import social.dunlin.api.entity.ConversationRenderer;
import social.dunlin.conversation.PrivateConversation;
import social.dunlin.conversation.PrivateConversations;
import social.dunlin.event.Event.ConversationChanged;

/** Tells somebody which of their private conversations changed. One whose last post was set aside or is hidden is not told. */
@ApplicationScoped
public class ConversationFanOut {
    private final PrivateConversations conversations;
    private final ConversationRenderer renderer;
    private final ObjectMapper json;

    public ConversationFanOut(PrivateConversations conversations, ConversationRenderer renderer, ObjectMapper json) {
        this.conversations = conversations;
        this.renderer = renderer;
        this.json = json;
    }

    /** @param readers connections of whose it is */
    void changed(List<Reader> readers, ConversationChanged event) {
        List<Reader> interested = readers.stream().filter(reader -> reader.watches(kind -> kind == StreamKind.DIRECT)).toList();
        if (interested.isEmpty()) {
            return;
        }
        conversations.shown(event.accountId(), event.conversationId()).ifPresent(conversation -> {
            StreamEvent told = StreamEvent.of("conversation", rendered(conversation, interested.getFirst()));
            interested.forEach(reader -> reader.streams().stream().filter(stream -> stream.kind() == StreamKind.DIRECT)
                .forEach(stream -> reader.tell(stream, told)));
        });
    }

    private String rendered(PrivateConversation conversation, Reader reader) {
        return DomainScope.within(reader.domain(), () -> {
            try {
                return json.writeValueAsString(renderer.render(List.of(conversation), reader.accountId()).getFirst());
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException(impossible);
            }
        });
    }
}
