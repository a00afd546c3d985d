package social.dunlin.api.request;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import social.dunlin.refusal.Refusal;

/** Reads multipart/form-data with netty's decoder, files going to disk as they arrive. */
final class MultipartBody {
    private static final int CHUNK = 16 * 1024;
    private static final int FIELDS = 512;

    private MultipartBody() {
    }

    static Map<String, Object> read(String contentType, InputStream body, long textLimit, long uploadLimit) throws IOException {
        ParameterTree tree = new ParameterTree();
        DefaultHttpDataFactory factory = new DefaultHttpDataFactory(CHUNK);
        factory.setDeleteOnExit(false);
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
        request.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        if (!HttpPostRequestDecoder.isMultipart(request)) {
            throw unreadable();
        }
        HttpPostMultipartRequestDecoder decoder = null;
        boolean complete = false;
        try {
            decoder = new HttpPostMultipartRequestDecoder(factory, request, StandardCharsets.UTF_8, FIELDS, Math.toIntExact(textLimit));
            read(decoder, body, uploadLimit);
            collect(decoder, tree, textLimit);
            complete = true;
            return tree.root();
        } catch (HttpPostRequestDecoder.ErrorDataDecoderException | HttpPostRequestDecoder.TooManyFormFieldsException
                | HttpPostRequestDecoder.TooLongFormFieldException failure) {
            throw unreadable();
        } finally {
            if (decoder != null) {
                decoder.destroy();
            }
            factory.cleanAllHttpData();
            if (!complete) {
                Parameters.deleteFiles(tree.root().values());
            }
        }
    }

    private static void read(HttpPostMultipartRequestDecoder decoder, InputStream body, long uploadLimit) throws IOException {
        byte[] buffer = new byte[CHUNK];
        long total = 0;
        for (int length = body.read(buffer); length >= 0; length = body.read(buffer)) {
            total += length;
            if (total > uploadLimit) {
                throw RequestBody.tooLarge();
            }
            decoder.offer(new DefaultHttpContent(Unpooled.copiedBuffer(buffer, 0, length)));
        }
        decoder.offer(new DefaultLastHttpContent());
        if (decoder.currentPartialHttpData() != null) {
            throw unreadable();
        }
    }

    private static Refusal unreadable() {
        return Refusal.badRequest("The multipart body cannot be read");
    }

    private static void collect(HttpPostMultipartRequestDecoder decoder, ParameterTree tree, long textLimit) throws IOException {
        long text = 0;
        for (InterfaceHttpData part : decoder.getBodyHttpDatas()) {
            switch (part) {
                case FileUpload upload -> tree.add(upload.getName(), keep(upload));
                case Attribute attribute -> {
                    text += attribute.length();
                    if (text > textLimit) {
                        throw RequestBody.tooLarge();
                    }
                    tree.add(attribute.getName(), attribute.getString(StandardCharsets.UTF_8));
                }
                default -> { }
            }
        }
    }

    /** Moves the part out of the decoder's hands, which deletes its own. */
    private static Upload keep(FileUpload upload) throws IOException {
        Path file = Files.createTempFile("dunlin-upload-", ".part");
        if (!upload.renameTo(file.toFile())) {
            Files.deleteIfExists(file);
            throw new IOException("The uploaded part could not be written to " + file.getParent());
        }
        return new Upload(upload.getFilename(), upload.getContentType(), upload.length(), file);
    }
}
