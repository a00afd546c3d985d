package social.dunlin.api.request;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import social.dunlin.media.MediaLimits;
import social.dunlin.refusal.Refusal;

/** Fills {@link Parameters} in two steps, so that a large body is not read for a caller who may not send one. */
@Singleton
public class RequestReader {
    private static final long TEXT_LIMIT = 1 << 20;

    private final Parameters parameters;
    private final long uploadLimit;

    public RequestReader(Parameters parameters, MediaLimits limits) {
        this.parameters = parameters;
        this.uploadLimit = limits.bytes() + TEXT_LIMIT;
    }

    /** Reads the query string alone. */
    public void readQuery(HttpServerRequest request) {
        parameters.fill(query(request));
    }

    /**
     * Adds the body, if there is one, to the query that has been read; the body's top-level names win, as in Rails.
     *
     * @param body asked for only then
     */
    public void readBody(HttpServerRequest request, Supplier<InputStream> body) throws IOException {
        if (!hasBody(request)) {
            return;
        }
        Map<String, Object> values = query(request);
        try {
            values.putAll(RequestBody.read(request.getHeader("Content-Type"), body.get(), TEXT_LIMIT, uploadLimit));
        } catch (WebApplicationException failure) {
            if (failure.getResponse().getStatus() == 413) {
                throw RequestBody.tooLarge();
            }
            throw failure;
        } catch (IOException failure) {
            throw Refusal.badRequest("The request body could not be read");
        }
        parameters.fill(values);
    }

    public boolean isMultipart(HttpServerRequest request) {
        return hasBody(request) && RequestBody.isMultipart(request.getHeader("Content-Type"));
    }

    private static Map<String, Object> query(HttpServerRequest request) {
        ParameterTree tree = new ParameterTree();
        tree.addEncoded(request.query());
        return new LinkedHashMap<>(tree.root());
    }

    private static boolean hasBody(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.HEAD) || request.method().equals(HttpMethod.OPTIONS)) {
            return false;
        }
        String length = request.getHeader("Content-Length");
        if (length != null) {
            return !length.equals("0");
        }
        return request.headers().contains("Transfer-Encoding") || request.version() == HttpVersion.HTTP_2 && !request.isEnded();
    }
}
