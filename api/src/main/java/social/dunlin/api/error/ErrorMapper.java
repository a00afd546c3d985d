package social.dunlin.api.error;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import social.dunlin.refusal.Refusal;

/** Turns what a resource throws into an answer. A refusal is said as it is; everything else is logged and hidden. */
@ApplicationScoped
public class ErrorMapper {
    private static final Logger LOG = Logger.getLogger(ErrorMapper.class);

    @ServerExceptionMapper
    public Response refusal(Refusal refusal) {
        return answer(refusal.status(), refusal.getMessage());
    }

    @ServerExceptionMapper
    public Response protocol(WebApplicationException failure) {
        int status = failure.getResponse().getStatus();
        if (status < 400) {
            return failure.getResponse();
        }
        if (status >= 500) {
            return defect(failure);
        }
        return answer(status, text(status));
    }

    @ServerExceptionMapper
    public Response defect(Throwable failure) {
        LOG.error("Request failed", failure);
        return answer(500, text(500));
    }

    private static Response answer(int status, String text) {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE.withCharset("utf-8")).entity(new ErrorEntity(text)).build();
    }

    private static String text(int status) {
        return switch (status) {
            case 404 -> "Not found";
            case 405 -> "Method not allowed";
            case 406 -> "Not acceptable";
            case 413 -> "The request body is too large";
            case 415 -> "Unsupported media type";
            case 500 -> "Internal server error";
            default -> "Bad request";
        };
    }
}
