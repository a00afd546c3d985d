package social.dunlin.account;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import social.dunlin.refusal.Refusal;

/** An e-mail address in one form: NFC, the domain in lower case and punycode. The part before the @ stays as typed. */
public record EmailAddress(String value) {
    private static final int MAXIMUM_LENGTH = 254;
    private static final Pattern LOCAL = Pattern.compile("[^\\s\\p{Cntrl}@<>\"(),:;\\[\\]\\\\]{1,64}");
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    public EmailAddress {
        value = normalise(value);
    }

    private static String normalise(String text) {
        String address = Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
        int at = address.lastIndexOf('@');
        if (at < 1 || address.length() > MAXIMUM_LENGTH) {
            throw invalid();
        }
        String local = address.substring(0, at);
        String domain;
        try {
            domain = IDN.toASCII(address.substring(at + 1)).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException failure) {
            throw invalid();
        }
        if (!LOCAL.matcher(local).matches() || !DOMAIN.matcher(domain).matches()) {
            throw invalid();
        }
        return local + "@" + domain;
    }

    private static Refusal invalid() {
        return Refusal.invalid("E-mail is not a valid address");
    }
}
