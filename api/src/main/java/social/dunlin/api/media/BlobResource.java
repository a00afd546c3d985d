package social.dunlin.api.media;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;
import org.jboss.resteasy.reactive.PathPart;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Level;
import social.dunlin.media.BlobKinds;
import social.dunlin.media.blob.BlobKey;
import social.dunlin.media.blob.BlobStat;
import social.dunlin.media.blob.BlobStore;
import social.dunlin.refusal.Refusal;

/**
 * Files that people uploaded. Whatever asks and however: they are told under the type of their format and no other, for
 * ever the same, and a browser that opens one by itself runs nothing in it. Where the store hands them out itself, readers
 * are sent there.
 */
@Path("/media")
@RunOnVirtualThread
public class BlobResource {
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    /** Half of what an address of the store holds at least. */
    private static final String FOR_HALF_AN_HOUR = "public, max-age=1800";
    private static final String POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox";

    private final BlobStore blobs;

    public BlobResource(BlobStore blobs) {
        this.blobs = blobs;
    }

    @GET
    @Path("/{kind}/{name}")
    @Access(Level.FILE)
    public Response file(@PathParam("kind") String kind, @PathParam("name") String name, @Context HttpHeaders asked) throws IOException {
        BlobKey key = BlobKey.tryParse(kind + "/" + name).filter(found -> BlobKinds.SERVED.contains(found.kind())).orElseThrow(Refusal::notFound);
        Optional<String> elsewhere = blobs.address(key);
        if (elsewhere.isPresent()) {
            return Response.status(Response.Status.FOUND).header(HttpHeaders.LOCATION, elsewhere.get()).header(HttpHeaders.CACHE_CONTROL, FOR_HALF_AN_HOUR)
                .header("Cross-Origin-Resource-Policy", "cross-origin").build();
        }
        BlobStat stat = blobs.stat(key).orElseThrow(Refusal::notFound);
        String tag = "\"" + key.name() + "\"";
        if (Optional.ofNullable(asked.getHeaderString(HttpHeaders.IF_NONE_MATCH)).filter(known -> known.contains(tag) || known.strip().equals("*")).isPresent()) {
            return headers(Response.status(Response.Status.NOT_MODIFIED), key, tag).build();
        }
        String condition = asked.getHeaderString("If-Range");
        boolean ranged = condition == null || condition.strip().equals(tag);
        return switch (ByteRange.of(ranged ? asked.getHeaderString("Range") : null, stat.size())) {
            case ByteRange.Asked.Everything _ -> answer(Response.ok(), key, tag, new ByteRange(0, stat.size() - 1));
            case ByteRange.Asked.Part(ByteRange range) -> answer(Response.status(Response.Status.PARTIAL_CONTENT)
                .header("Content-Range", "bytes %d-%d/%d".formatted(range.first(), range.last(), stat.size())), key, tag, range);
            case ByteRange.Asked.OutOfFile _ -> Response.status(Response.Status.REQUESTED_RANGE_NOT_SATISFIABLE)
                .header("Content-Range", "bytes */" + stat.size()).build();
        };
    }

    private Response answer(Response.ResponseBuilder response, BlobKey key, String tag, ByteRange range) throws IOException {
        headers(response, key, tag).header(HttpHeaders.CONTENT_LENGTH, range.length()).type(key.contentType());
        Optional<java.nio.file.Path> file = blobs.file(key);
        return file.isPresent() ? response.entity(new PathPart(file.get(), range.first(), range.length())).build()
            : response.entity(blobs.open(key, range.first(), range.length()).orElseThrow(Refusal::notFound)).build();
    }

    private static Response.ResponseBuilder headers(Response.ResponseBuilder response, BlobKey key, String tag) {
        return response.header(HttpHeaders.CACHE_CONTROL, FOR_EVER).header(HttpHeaders.ETAG, tag).header("Accept-Ranges", "bytes")
            .header("Content-Security-Policy", POLICY).header("Cross-Origin-Resource-Policy", "cross-origin")
            .header(HttpHeaders.CONTENT_DISPOSITION, key.format().isPresent() ? "inline" : "attachment");
    }
}
