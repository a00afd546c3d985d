package social.dunlin.text;

import java.util.Optional;
import java.util.regex.Pattern;

/** The code of a custom emoji without its colons: two or more of {@code [A-Za-z0-9_]}. */
public record EmojiCode(String code) {
    public static final int MAXIMUM_LENGTH = 2048;
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_]{2,2048}");

    public EmojiCode {
        if (!VALID.matcher(code).matches()) {
            throw new IllegalArgumentException("not an emoji code");
        }
    }

    /** Reads a code with or without colons. */
    public static Optional<EmojiCode> of(String text) {
        if (text == null) {
            return Optional.empty();
        }
        String code = text.strip();
        if (code.length() > 2 && code.startsWith(":") && code.endsWith(":")) {
            code = code.substring(1, code.length() - 1);
        }
        return VALID.matcher(code).matches() ? Optional.of(new EmojiCode(code)) : Optional.empty();
    }

    @Override
    public String toString() {
        return ":" + code + ":";
    }
}
