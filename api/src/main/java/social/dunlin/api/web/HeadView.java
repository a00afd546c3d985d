package social.dunlin.api.web;

import io.quarkus.qute.TemplateData;

/**
 * What a page says about itself to search engines and to those who show a preview. Never more than an anonymous
 * reader sees at first sight: of a post with a content warning only the warning.
 *
 * @param title       plain text
 * @param description plain text
 * @param canonical   the page's own address
 * @param type        OpenGraph: website, profile, article
 * @param image       address of a picture, null = none
 * @param activity    address of the ActivityPub form, null = none
 * @param noindex     search engines shall leave it
 * @param feed        address of what is new as RSS, null = none
 * @param embed       address that tells others how to show the post among their own words (oEmbed), null = none
 */
@TemplateData
public record HeadView(String title, String description, String canonical, String type, String image, String activity, boolean noindex, String published,
                       String feed, String embed) {
    private static final int DESCRIPTION_LENGTH = 220;

    HeadView(String title, String description, String canonical, String type, String image, String activity, boolean noindex) {
        this(title, description, canonical, type, image, activity, noindex, null, null, null);
    }

    HeadView withFeed(String address) {
        return new HeadView(title, description, canonical, type, image, activity, noindex, published, address, embed);
    }

    /** The beginning of a text on one line, cut at a word. */
    static String describe(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        if (line.codePointCount(0, line.length()) <= DESCRIPTION_LENGTH) {
            return line;
        }
        String cut = line.substring(0, line.offsetByCodePoints(0, DESCRIPTION_LENGTH));
        int space = cut.lastIndexOf(' ');
        return (space > DESCRIPTION_LENGTH / 2 ? cut.substring(0, space) : cut) + "…";
    }
}
