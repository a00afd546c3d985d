package social.dunlin.profile;

/** Lengths in code points; the numbers are Mastodon's, which clients show. */
public final class ProfileLimits {
    public static final int DISPLAY_NAME = 30;
    public static final int NOTE = 500;
    public static final int FIELDS = 4;
    public static final int FIELD_NAME = 255;
    public static final int FIELD_VALUE = 255;
    public static final int PICTURE_DESCRIPTION = 10_000;
    public static final int ATTRIBUTION_DOMAINS = 100;

    private ProfileLimits() {
    }
}
