package social.dunlin;

import io.quarkus.runtime.ImageMode;
import java.nio.file.Path;
import java.util.Optional;
import org.graalvm.nativeimage.ProcessProperties;

/** Whether this is a native executable, and what is different then. GraalVM's classes are within executables only. */
public final class NativeExecutable {
    private NativeExecutable() {
    }

    public static boolean isThis() {
        return ImageMode.current() == ImageMode.NATIVE_RUN;
    }

    /** The executable; empty on a virtual machine. */
    public static Optional<Path> path() {
        return isThis() ? Optional.of(Path.of(ProcessProperties.getExecutableName())) : Optional.empty();
    }

    /** Where it lies. */
    static Optional<Path> folder() {
        return path().map(Path::getParent);
    }
}
