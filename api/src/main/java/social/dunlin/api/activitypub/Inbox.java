package social.dunlin.api.activitypub;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import social.dunlin.activitypub.ActivityJson;
import social.dunlin.refusal.Refusal;

/** The HTTP side of every inbox: reads the body within bounds and hands it to the {@link InboxReception}. */
@ApplicationScoped
class Inbox {
    private final SignedRequests requests;
    private final InboxReception reception;

    Inbox(SignedRequests requests, InboxReception reception) {
        this.requests = requests;
        this.reception = reception;
    }

    Response receive(String type, Long length, InputStream body) throws IOException {
        reception.receive(type, requests.current(read(length, body)));
        return Response.accepted().build();
    }

    private static byte[] read(Long length, InputStream body) throws IOException {
        if (length != null && length > ActivityJson.MAXIMUM_SIZE) {
            throw tooLarge();
        }
        byte[] bytes = body.readNBytes(ActivityJson.MAXIMUM_SIZE + 1);
        if (bytes.length > ActivityJson.MAXIMUM_SIZE) {
            throw tooLarge();
        }
        return bytes;
    }

    /** @param header null for a body that does not tell */
    static void requireLength(String header) {
        try {
            if (header != null && Long.parseLong(header) > ActivityJson.MAXIMUM_SIZE) {
                throw tooLarge();
            }
        } catch (NumberFormatException unreadable) {
            throw Refusal.badRequest("Bad request");
        }
    }

    static Refusal tooLarge() {
        return new Refusal(413, "The activity is larger than 1 MiB");
    }
}
