package social.dunlin.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jboss.logging.Logger;

/**
 * Writes or reads what callers want at the same time by one statement. Who comes while one is on its way waits for it and is
 * of the next group; who knows that something may follow announces it, and others wait a moment for that one. A lone caller
 * waits for nothing. Each caller goes on when its own is done.
 *
 * @param <W> what a caller wants written or read
 * @param <R> what it is given for it
 */
public final class Gathering<W, R> {
    private static final Logger LOG = Logger.getLogger(Gathering.class);
    private static final long MOMENT = Duration.ofMillis(3).toNanos();
    private static final long LONG = Duration.ofMillis(20).toNanos();
    private static final int SEVERAL = 4;

    private final boolean reads;
    private final int most;
    private final int mostText;
    private final ToIntFunction<W> text;
    private final Function<List<W>, List<R>> together;
    private final ReentrantLock lock = new ReentrantLock();
    /** Of the one that gathers, and not of all who wait: they are many, and what they wait for happens to each once. */
    private final Condition complete = lock.newCondition();
    private List<Waiting> waiting = new ArrayList<>();
    private int announced;
    private boolean busy;
    private int last;
    private long begun;
    private long ended;

    /**
     * Of what is written: by one commit. After a group of several the next one waits a moment, for there are more where they
     * came from.
     *
     * @param most     how many a group has
     * @param mostText how many characters it has in all, unless one alone has more
     * @param text     how many one has
     * @param together writes them all, or none and fails; gives something for each, in their order
     */
    public static <W, R> Gathering<W, R> ofWrites(int most, int mostText, ToIntFunction<W> text, Function<List<W>, List<R>> together) {
        return new Gathering<>(false, most, mostText, text, together);
    }

    /**
     * Of what is read: nobody waits for others to come, and who comes while a group takes long goes by itself.
     *
     * @param most     how many a group has
     * @param together reads for them all, or fails; gives something for each, in their order
     */
    public static <W, R> Gathering<W, R> ofReads(int most, Function<List<W>, List<R>> together) {
        return new Gathering<>(true, most, Integer.MAX_VALUE, ignored -> 0, together);
    }

    private Gathering(boolean reads, int most, int mostText, ToIntFunction<W> text, Function<List<W>, List<R>> together) {
        this.reads = reads;
        this.most = most;
        this.mostText = mostText;
        this.text = text;
        this.together = together;
    }

    /** What somebody wants, on its way. Its answer is guarded by the lock. */
    private final class Waiting {
        private final W wanted;
        private final Condition turn = lock.newCondition();
        private Optional<R> answer;

        private Waiting(W wanted) {
            this.wanted = wanted;
        }
    }

    /** Something that may come. */
    public final class Announcement implements AutoCloseable {
        private boolean open = true;

        private Announcement() {
        }

        /**
         * Returns when it is committed. Not within a transaction: it would wait for one that is not its own.
         *
         * @return nothing when its group could not be written: then the caller does it by itself
         */
        public Optional<R> write(W wanted) {
            return join(new Waiting(wanted), this::end);
        }

        /** It has come or will not. */
        @Override
        public void close() {
            lock.lock();
            try {
                end();
            } finally {
                lock.unlock();
            }
        }

        private void end() {
            if (open) {
                open = false;
                announced--;
                if (isComplete()) {
                    complete.signal();
                }
            }
        }
    }

    public Announcement announce() {
        lock.lock();
        try {
            announced++;
            return new Announcement();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The same of something that nobody was told of. Not within a transaction either.
     *
     * @return nothing when its group failed or another takes long: then the caller does it by itself
     */
    public Optional<R> join(W wanted) {
        return join(new Waiting(wanted), () -> { });
    }

    /** Waits until somebody, oneself perhaps, has done it or has failed to. */
    private Optional<R> join(Waiting own, Runnable come) {
        lock.lock();
        try {
            if (reads && busy && System.nanoTime() - begun > LONG) {
                return Optional.empty();
            }
            waiting.add(own);
            come.run();
            while (own.answer == null) {
                if (busy) {
                    own.turn.awaitUninterruptibly();
                } else {
                    busy = true;
                    if (!reads) {
                        gather();
                    }
                    run(next());
                }
            }
            return own.answer;
        } finally {
            lock.unlock();
        }
    }

    /** A moment for what is announced; and until a moment after the last group, if that was several. */
    private void gather() {
        long forAnnounced = System.nanoTime() + MOMENT;
        long forMore = last < SEVERAL ? System.nanoTime() : ended + MOMENT;
        boolean interrupted = false;
        long left = left(forAnnounced, forMore);
        while (waiting.size() < most && left > 0 && !interrupted) {
            try {
                complete.awaitNanos(left);
            } catch (InterruptedException hurry) {
                interrupted = true;
            }
            left = left(forAnnounced, forMore);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private long left(long forAnnounced, long forMore) {
        return Math.max(announced > 0 ? forAnnounced - System.nanoTime() : 0, forMore - System.nanoTime());
    }

    private boolean isComplete() {
        return announced == 0 || waiting.size() >= most;
    }

    private List<Waiting> next() {
        int taken = 0;
        int length = 0;
        while (taken < waiting.size() && taken < most && (taken == 0 || length + text.applyAsInt(waiting.get(taken).wanted) <= mostText)) {
            length += text.applyAsInt(waiting.get(taken).wanted);
            taken++;
        }
        List<Waiting> group = List.copyOf(waiting.subList(0, taken));
        waiting = new ArrayList<>(waiting.subList(taken, waiting.size()));
        return group;
    }

    /** Without the lock, so that others may come meanwhile. One that fails must not keep out the others. */
    private void run(List<Waiting> group) {
        List<R> answers = List.of();
        last = group.size();
        begun = System.nanoTime();
        lock.unlock();
        try {
            answers = together.apply(group.stream().map(each -> each.wanted).toList());
        } catch (RuntimeException failure) {
            LOG.debugf("%d could not be done together: %s", group.size(), failure.getMessage());
        } finally {
            lock.lock();
            ended = System.nanoTime();
            for (int index = 0; index < group.size(); index++) {
                group.get(index).answer = answers.isEmpty() ? Optional.empty() : Optional.of(answers.get(index));
                group.get(index).turn.signal();
            }
            busy = false;
            if (!waiting.isEmpty()) {
                waiting.getFirst().turn.signal();
            }
        }
    }
}
