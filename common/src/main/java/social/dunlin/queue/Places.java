package social.dunlin.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import social.dunlin.queue.JobLeaseStore.Busy;
import social.dunlin.queue.JobLeaseStore.Room;

/**
 * What this process holds of the queue and what it still has room for: so many jobs of a kind, so many of one fair key, so
 * much text. Two ways lead to a place. The loop asks the queue for jobs of the kinds that may be waiting there. And jobs that
 * are added by this very process are handed over: written as leased already, they need no turn in the queue. That is done
 * only while nothing of their kind waits, so that nobody is overtaken.
 */
final class Places {
    /** Payload held at a time of one kind: a hundred activities of a megabyte would fill the memory. */
    private static final int MOST_TEXT = 4 << 20;

    private final Map<String, JobHandler> handlers;
    private final Supplier<Collection<JobRun>> running;
    private final Duration patience;
    /** Kinds of which something may be ready. */
    private final Set<String> expected = new HashSet<>();
    /** Kinds that the queue is being asked for right now. */
    private final Set<String> asked = new HashSet<>();
    /** Kinds of which many are being done together right now: what comes meanwhile is the next batch. */
    private final Set<String> together = new HashSet<>();
    /** Kinds of which many were done together; their places are free when the loop has come round. */
    private final Set<String> leaving = new HashSet<>();
    /** Jobs on their way into their rows, to be handed over. */
    private final List<Held> coming = new ArrayList<>();
    private final List<JobRun> handed = new ArrayList<>();
    /** Given to the loop last; it may not have begun with them yet. */
    private Set<JobRun> begun = Set.of();
    private boolean open;

    /**
     * @param running  what the loop has begun and not ended
     * @param patience how long who adds jobs waits for places
     */
    Places(Map<String, JobHandler> handlers, Supplier<Collection<JobRun>> running, Duration patience) {
        this.handlers = handlers;
        this.running = running;
        this.patience = patience;
    }

    private record Held(String kind, String fairKey, int text) {
        private static Held of(JobRun run) {
            return new Held(run.kind(), run.fairKey(), run.payload().length());
        }

        private static Held of(Job job) {
            return new Held(job.kind(), job.fairKey(), job.payload().length());
        }
    }

    private record Lane(String kind, String fairKey) {
    }

    /** What to ask the queue for. */
    record Question(List<Room> rooms, List<Busy> busy) {
    }

    synchronized void expect(Collection<String> kinds) {
        expected.addAll(kinds);
    }

    /** Kinds are forgotten before asking for them: what is announced while we ask is asked for again. */
    synchronized Question ask() {
        if (expected.isEmpty()) {
            return new Question(List.of(), List.of());
        }
        List<Held> held = held();
        Map<Lane, Integer> counts = new HashMap<>();
        held.forEach(each -> counts.merge(new Lane(each.kind, each.fairKey), 1, Integer::sum));
        List<Room> rooms = new ArrayList<>();
        for (String kind : expected) {
            JobHandler handler = handlers.get(kind);
            List<Held> ofKind = ofKind(held, kind);
            int slots = handler.concurrency() - ofKind.size();
            int text = MOST_TEXT - text(ofKind);
            if (slots > 0 && text > 0 && !together.contains(kind)) {
                // Beyond the free places it looks past those keys that may be at their limit.
                rooms.add(new Room(kind, slots, handler.concurrencyPerKey(), slots + 2 * handler.concurrency(), handler.lease(), text));
            }
        }
        rooms.forEach(room -> {
            expected.remove(room.kind());
            asked.add(room.kind());
        });
        return new Question(rooms, counts.entrySet().stream()
            .map(entry -> new Busy(entry.getKey().kind, entry.getKey().fairKey, entry.getValue())).toList());
    }

    /**
     * Jobs left for their fair key's limit are to be had when one of that key ends.
     *
     * @param more kinds of which more are known to wait
     */
    synchronized void answered(Question question, Set<String> more) {
        endQuestion();
        expected.addAll(more);
        question.busy.stream().filter(each -> !each.fairKey().isEmpty() && each.running() >= handlers.get(each.kind()).concurrencyPerKey())
            .forEach(each -> expected.add(each.kind()));
    }

    synchronized void unanswered(Question question) {
        endQuestion();
        question.rooms.forEach(room -> expected.add(room.kind()));
    }

    private void endQuestion() {
        asked.clear();
        notifyAll();
    }

    /** From now on jobs may be handed over. */
    synchronized void open() {
        open = true;
    }

    /**
     * Takes places for all these jobs, or none. Waits a moment when a batch is under way whose end will make places, or the
     * queue is being asked: what is taken in faster than it is done would only lie there.
     */
    synchronized boolean reserve(List<Job> jobs) {
        List<Held> more = jobs.stream().map(Held::of).toList();
        long end = System.nanoTime() + patience.toNanos();
        long left = patience.toMillis();
        while (true) {
            List<Held> all = with(more);
            if (!mayFit(jobs, more, all)) {
                return false;
            }
            List<String> waitedFor = kinds(more).filter(kind -> !isFree(kind, all)).toList();
            if (waitedFor.isEmpty()) {
                coming.addAll(more);
                return true;
            }
            if (left <= 0 || !waitedFor.stream().allMatch(this::changesSoon) || Thread.currentThread().isInterrupted()) {
                return false;
            }
            await(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
    }

    private void await(long milliseconds) {
        try {
            wait(milliseconds);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing of the kind waits in the queue, and there is room. */
    private boolean isFree(String kind, List<Held> all) {
        return !expected.contains(kind) && !asked.contains(kind) && fits(kind, ofKind(all, kind));
    }

    private boolean changesSoon(String kind) {
        return asked.contains(kind) || together.contains(kind) || leaving.contains(kind) || handed.stream().anyMatch(run -> run.kind().equals(kind));
    }

    /** They are for now and for this process, and no key has as many as it may have at a time. */
    private boolean mayFit(List<Job> jobs, List<Held> more, List<Held> all) {
        return open && jobs.stream().allMatch(job -> handlers.containsKey(job.kind()) && job.runAt() == null && job.uniqueKey() == null)
            && kinds(more).allMatch(kind -> fits(kind, ofKind(more, kind)) && keepsKeys(kind, ofKind(all, kind)));
    }

    private static Stream<String> kinds(List<Held> held) {
        return held.stream().map(Held::kind).distinct();
    }

    private List<Held> with(List<Held> more) {
        return Stream.concat(held().stream(), more.stream()).toList();
    }

    private boolean fits(String kind, List<Held> held) {
        return held.size() <= handlers.get(kind).concurrency() && text(held) <= MOST_TEXT;
    }

    private boolean keepsKeys(String kind, List<Held> held) {
        Map<String, Integer> counts = new HashMap<>();
        held.stream().filter(each -> !each.fairKey.isEmpty()).forEach(each -> counts.merge(each.fairKey, 1, Integer::sum));
        return counts.values().stream().allMatch(count -> count <= handlers.get(kind).concurrencyPerKey());
    }

    /** They are written. False when nobody begins with them any more. */
    synchronized boolean hand(List<Job> jobs, List<JobRun> runs) {
        giveUp(jobs);
        if (open) {
            handed.addAll(runs);
        }
        return open;
    }

    /** They were not written. */
    synchronized void giveUp(List<Job> jobs) {
        jobs.forEach(job -> coming.remove(Held.of(job)));
    }

    /** Those handed over whose turn it is, behind what was claimed. */
    synchronized List<JobRun> begin(List<JobRun> claimed) {
        List<JobRun> all = new ArrayList<>(claimed);
        handed.stream().filter(run -> !together.contains(run.kind())).forEach(all::add);
        handed.removeIf(run -> !together.contains(run.kind()));
        begun = Set.copyOf(all);
        leaving.clear();
        notifyAll();
        return all;
    }

    /** Handed over, and their turn has not come. */
    synchronized List<JobRun> waiting() {
        return List.copyOf(handed);
    }

    /** Nothing is handed over any more. Gives what was and had not begun. */
    synchronized List<JobRun> close() {
        open = false;
        notifyAll();
        List<JobRun> left = List.copyOf(handed);
        handed.clear();
        return left;
    }

    synchronized void beginTogether(Collection<String> kinds) {
        together.addAll(kinds);
    }

    synchronized void endTogether(String kind) {
        together.remove(kind);
        leaving.add(kind);
    }

    private List<Held> held() {
        Set<JobRun> runs = new HashSet<>(running.get());
        runs.addAll(begun);
        runs.addAll(handed);
        return Stream.concat(runs.stream().map(Held::of), coming.stream()).toList();
    }

    private static List<Held> ofKind(List<Held> held, String kind) {
        return held.stream().filter(each -> each.kind.equals(kind)).collect(Collectors.toList());
    }

    private static int text(List<Held> held) {
        return held.stream().mapToInt(Held::text).sum();
    }
}
