package social.dunlin.api.request;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of a multipart body. It lies in a temporary file that is deleted when the request ends.
 *
 * @param fileName    as the client named it; never to be used as a path
 * @param contentType as the client claimed; never to be believed
 * @param size        bytes
 */
public record Upload(String fileName, String contentType, long size, Path file) {
    /** The whole content; only for what is known to be small. */
    public byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
