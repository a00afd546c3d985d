package social.dunlin.oauth;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an application wants people to be sent. Native schemes are welcome, even such that name no place
 * ({@code icecubesapp://}, which java.net.URI cannot read); what would run or show content in our own
 * page is not.
 *
 * @param origin scheme and host of a web address, the scheme with its colon of a native one: who gets the code
 */
public record RedirectUri(String text, String origin) {
    private static final int MAXIMUM_LENGTH = 2000;
    private static final Pattern FORM = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]{0,63}):([!-~&&[^#\"<>\\\\^`{|}]]*)");
    private static final Pattern WEB = Pattern.compile("//([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?([/?].*)?");
    private static final Set<String> REFUSED_SCHEMES = Set.of("javascript", "data", "vbscript", "about", "blob", "file", "filesystem", "view-source");

    /** Empty when it is no absolute URI without fragment, or one of a refused scheme. */
    public static Optional<RedirectUri> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (text.length() > MAXIMUM_LENGTH || !form.matches()) {
            return Optional.empty();
        }
        String scheme = form.group(1).toLowerCase(Locale.ROOT);
        if (REFUSED_SCHEMES.contains(scheme)) {
            return Optional.empty();
        }
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return Optional.of(new RedirectUri(text, scheme + ":"));
        }
        Matcher web = WEB.matcher(form.group(2));
        if (!web.matches()) {
            return Optional.empty();
        }
        String port = web.group(2) == null ? "" : web.group(2);
        return Optional.of(new RedirectUri(text, scheme + "://" + web.group(1) + port));
    }
}
