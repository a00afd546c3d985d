package social.dunlin.api.entity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** JSON that is written out already, to be sent as it is or to stand within an entity. */
public final class RawJson implements JsonSerializable {
    private final byte[] utf8;

    RawJson(byte[] utf8) {
        this.utf8 = utf8;
    }

    /** To be sent, not changed. */
    public byte[] utf8() {
        return utf8;
    }

    @Override
    public void serialize(JsonGenerator generator, SerializerProvider provider) throws IOException {
        if (generator instanceof TokenBuffer || generator.getPrettyPrinter() != null) {
            copy(generator);
        } else {
            generator.writeRawValue(new String(utf8, StandardCharsets.UTF_8));
        }
    }

    /** Who wants a tree, or lines, gets it token by token. */
    private void copy(JsonGenerator generator) throws IOException {
        try (JsonParser parser = generator.getCodec().getFactory().createParser(utf8)) {
            parser.nextToken();
            generator.copyCurrentStructure(parser);
        }
    }

    @Override
    public void serializeWithType(JsonGenerator generator, SerializerProvider provider, TypeSerializer type) throws IOException {
        serialize(generator, provider);
    }
}
