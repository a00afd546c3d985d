package social.dunlin.text;

import java.util.IllformedLocaleException;
import java.util.Locale;

/** Language codes as clients and other servers send them, brought to one BCP 47 form. */
public final class Language {
    private static final int MAXIMUM_LENGTH = 35;

    private Language() {
    }

    /** The canonical BCP 47 tag ({@code pt_br} becomes {@code pt-BR}); null when absent, undetermined or malformed. */
    public static String normalise(String code) {
        if (code == null || code.isBlank() || code.length() > MAXIMUM_LENGTH) {
            return null;
        }
        try {
            String tag = new Locale.Builder().setLanguageTag(code.strip().replace('_', '-')).build().toLanguageTag();
            String primary = tag.contains("-") ? tag.substring(0, tag.indexOf('-')) : tag;
            boolean known = primary.length() >= 2 && primary.length() <= 3 && !primary.equals("und");
            return known ? tag : null;
        } catch (IllformedLocaleException malformed) {
            return null;
        }
    }
}
