package social.dunlin.status;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The order in which a thread is read (behaviours §15). */
final class ThreadOrder {
    private ThreadOrder() {
    }

    /** Depth first below the root; the root author's answers to themself on top; otherwise oldest first. */
    static List<Status> depthFirst(Status root, List<Status> descendants) {
        Map<Long, List<Status>> children = new HashMap<>();
        descendants.forEach(status -> status.inReplyToId().ifPresent(parent ->
            children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(status)));
        Map<Long, Status> byId = new HashMap<>();
        byId.put(root.id(), root);
        descendants.forEach(status -> byId.put(status.id(), status));
        children.forEach((parent, answers) -> {
            Status answered = byId.get(parent);
            answers.sort(Comparator.comparing((Status answer) -> answered == null || answer.accountId() != answered.accountId())
                .thenComparing(Status::id));
        });
        List<Status> result = new ArrayList<>(descendants.size());
        // A stack of our own: a thread may be deeper than the thread's stack.
        List<Status> waiting = new ArrayList<>(children.getOrDefault(root.id(), List.of()).reversed());
        Set<Long> seen = new HashSet<>();
        while (!waiting.isEmpty()) {
            Status next = waiting.removeLast();
            if (seen.add(next.id())) {
                result.add(next);
                waiting.addAll(children.getOrDefault(next.id(), List.of()).reversed());
            }
        }
        return result;
    }
}
