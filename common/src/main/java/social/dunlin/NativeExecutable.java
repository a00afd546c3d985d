package social.dunlin;

import io.quarkus.runtime.ImageMode;
import java.nio.file.Path;
import java.util.Optional;
import org.graalvm.nativeimage.ProcessProperties;

/** Whether this is a native executable, and what is different then. GraalVM's classes are within executables only. */
final class NativeExecutable {
    private NativeExecutable() {
    }

    static boolean isThis() {
        return ImageMode.current() == ImageMode.NATIVE_RUN;
    }

    /** Where the executable lies; empty on a virtual machine. */
    static Optional<Path> folder() {
        return isThis() ? Optional.of(Path.of(ProcessProperties.getExecutableName()).getParent()) : Optional.empty();
    }
}
