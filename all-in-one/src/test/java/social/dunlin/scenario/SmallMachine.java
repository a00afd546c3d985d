package social.dunlin.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A machine with little memory and one processor: a control group of the kernel (version 1 or 2). What starts in it
 * stays in it with all its children, and is killed by the kernel when it needs more.
 */
final class SmallMachine implements AutoCloseable {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private final Path memory;
    private final Path processor;
    private final boolean second;

    private SmallMachine(Path memory, Path processor, boolean second) {
        this.memory = memory;
        this.processor = processor;
        this.second = second;
    }

    /** Empty where this process may not make such groups. */
    static Optional<SmallMachine> with(int megabytes) {
        String name = "dunlin-test-" + ProcessHandle.current().pid();
        try {
            if (Files.exists(ROOT.resolve("cgroup.controllers"))) {
                Path group = Files.createDirectories(ROOT.resolve(name));
                Files.writeString(group.resolve("memory.max"), megabytes + "M");
                Files.writeString(group.resolve("cpu.max"), "100000 100000");
                return Optional.of(new SmallMachine(group, group, true));
            }
            Path memory = Files.createDirectories(below("memory", name));
            Path processor = Files.createDirectories(below("cpu", name));
            Files.writeString(memory.resolve("memory.limit_in_bytes"), megabytes + "M");
            Files.writeString(processor.resolve("cpu.cfs_period_us"), "100000");
            Files.writeString(processor.resolve("cpu.cfs_quota_us"), "100000");
            return Optional.of(new SmallMachine(memory, processor, false));
        } catch (IOException notAllowed) {
            return Optional.empty();
        }
    }

    /** Version 1 has a tree per controller; the own group of each is in {@code /proc/self/cgroup}. */
    private static Path below(String controller, String name) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/cgroup"))) {
            String own = lines.map(line -> line.split(":", 3)).filter(parts -> List.of(parts[1].split(",")).contains(controller))
                .map(parts -> parts[2].substring(1)).findFirst().orElse("");
            Path group = ROOT.resolve(controller).resolve(own);
            return (Files.exists(group) ? group : ROOT.resolve(controller)).resolve(name);
        }
    }

    /** Put before a command, makes it run here. */
    List<String> prefix() {
        return List.of("/bin/sh", "-c", "echo $$ >'%s/cgroup.procs' && echo $$ >'%s/cgroup.procs' && exec \"$@\"".formatted(memory, processor), "sh");
    }

    /** How many processes the kernel has killed here for want of memory. */
    long kills() {
        return number(second ? "memory.events" : "memory.oom_control", "oom_kill");
    }

    private long number(String file, String key) {
        try (Stream<String> lines = Files.lines(memory.resolve(file))) {
            return lines.map(line -> line.split(" ")).filter(parts -> parts[0].equals(key)).mapToLong(parts -> Long.parseLong(parts[1])).findFirst().orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            // Ended processes leave the group a moment later.
            Await.until("nothing runs on the small machine any more", () -> {
                try {
                    return Files.readString(memory.resolve("cgroup.procs")).isBlank() && Files.readString(processor.resolve("cgroup.procs")).isBlank();
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
            Files.delete(memory);
            if (!second) {
                Files.delete(processor);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
