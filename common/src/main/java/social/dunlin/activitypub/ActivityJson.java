package social.dunlin.activitypub;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Parses untrusted bytes. Strict where two parsers could disagree about a document (duplicate names, encodings, text
 * behind the end) and bounded in everything a sender chooses. Decimal numbers keep their digits.
 */
public final class ActivityJson {
    /** Bytes; what Mastodon takes. */
    public static final int MAXIMUM_SIZE = 1 << 20;
    private static final int MAXIMUM_DEPTH = 64;
    private static final int MAXIMUM_TOKENS = 200_000;
    private static final int MAXIMUM_NUMBER_LENGTH = 64;
    private static final int MAXIMUM_NAME_LENGTH = 2048;
    private static final int MAXIMUM_EXPONENT = 400;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAXIMUM_DEPTH)
                            .maxNumberLength(MAXIMUM_NUMBER_LENGTH)
                            .maxStringLength(MAXIMUM_SIZE)
                            .maxNameLength(MAXIMUM_NAME_LENGTH)
                            .maxTokenCount(MAXIMUM_TOKENS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private ActivityJson() {
    }

    public static ApObject parse(byte[] bytes) throws MalformedDocument {
        return new ApObject(parseObject(bytes));
    }

    /** Of text that was bytes once, and was found to be UTF-8. */
    public static ApObject parse(String text) throws MalformedDocument {
        return new ApObject(parseObject(text));
    }

    /** The raw tree, for signature proofs and documents outside ActivityStreams (WebFinger, NodeInfo). */
    public static ObjectNode parseObject(byte[] bytes) throws MalformedDocument {
        if (bytes.length > MAXIMUM_SIZE) {
            throw new MalformedDocument("The document is larger than 1 MiB.");
        }
        return parseObject(decode(bytes));
    }

    private static ObjectNode parseObject(String text) throws MalformedDocument {
        if (text.startsWith("\uFEFF")) {
            throw new MalformedDocument("The document starts with a byte order mark.");
        }
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JsonProcessingException refused) {
            throw new MalformedDocument(reason(refused), refused);
        }
        if (!(root instanceof ObjectNode object)) {
            throw new MalformedDocument("The document is not a JSON object.");
        }
        refuseHugeNumbers(object);
        return object;
    }

    /** Decoding before parsing keeps the parser from guessing UTF-16 and UTF-32. */
    private static String decode(byte[] bytes) throws MalformedDocument {
        String text = new String(bytes, StandardCharsets.UTF_8);
        // What is no UTF-8 became this character, which may also have been sent.
        return text.indexOf('\uFFFD') < 0 ? text : decodeStrictly(bytes);
    }

    private static String decodeStrictly(byte[] bytes) throws MalformedDocument {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notUtf8) {
            throw new MalformedDocument("The document is not UTF-8.", notUtf8);
        }
    }

    private static String reason(JsonProcessingException refused) {
        String message = refused.getOriginalMessage();
        if (message.startsWith("Duplicate field")) {
            return "The document names a member twice.";
        }
        if (refused instanceof StreamConstraintsException) {
            return "The document is nested too deeply or holds too long a name, number or list.";
        }
        return "The document is not valid JSON.";
    }

    /** A number that is infinite as a double would mean different things to different readers. Depth is bounded. */
    private static void refuseHugeNumbers(JsonNode node) throws MalformedDocument {
        if (node.isBigDecimal()) {
            int exponent = node.decimalValue().precision() - node.decimalValue().scale();
            if (Math.abs((long) exponent) > MAXIMUM_EXPONENT || Double.isInfinite(node.doubleValue())) {
                throw new MalformedDocument("The document holds a number out of range.");
            }
        }
        for (JsonNode child : node) {
            refuseHugeNumbers(child);
        }
    }
}
