package social.dunlin.config;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/**
 * How much memory the machine has, in four steps. What would grow with it (pools, PostgreSQL's buffers) is chosen by the
 * step, so that a board with 256 MB and a server with many GB both need no tuning.
 */
public enum NodeSize {
    /** 256 MB in all. */
    TINY(320),
    /** 512 MB in all. */
    SMALL(640),
    /** 1 GB in all. */
    MEDIUM(1_280),
    /** More. */
    LARGE(Long.MAX_VALUE >> 20);

    private final long upToMegabytes;

    NodeSize(long upToMegabytes) {
        this.upToMegabytes = upToMegabytes;
    }

    public static NodeSize of(long megabytes) {
        return Arrays.stream(values()).filter(size -> megabytes <= size.upToMegabytes).findFirst().orElse(LARGE);
    }

    /** The size to tune for: as the setting {@code memory.size} says, where it is empty as the machine is. */
    public static NodeSize chosen(String setting, long machineMegabytes) {
        return setting.isEmpty() ? of(machineMegabytes) : valueOf(setting.toUpperCase(Locale.ROOT));
    }

    /** Memory of this machine, or of the container it is confined to, in megabytes. */
    public static long machineMegabytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize() >> 20 : LARGE.upToMegabytes;
    }
}
