package social.dunlin.activitypub;

import java.util.List;
import java.util.Map;

/**
 * A collection of accounts as another server has it (FEP-7aa9).
 *
 * @param summary  HTML; never null
 * @param language null = not said
 * @param topic    name of a hashtag; null = none
 */
public record ApFeaturedCollection(String id, String attributedTo, String url, String name, String summary, String language, boolean sensitive,
                                   boolean discoverable, String topic, List<Item> items) {
    private static final String TYPE = "FeaturedCollection";

    /** @param authorization address of the account's consent; null = none is claimed, which is good for nobody but people here */
    public record Item(String id, String account, String authorization) {
    }

    public static boolean is(ApObject object) {
        return object.isA(TYPE);
    }

    /** @param atMost items that are read; the rest is passed over */
    public static ApFeaturedCollection read(ApObject object, int atMost) {
        Map.Entry<String, String> summary = object.languageMap("summaryMap").entrySet().stream().findFirst().orElse(null);
        ApObject topic = object.object("topic");
        String text = summary == null ? object.string("summary") : summary.getValue();
        return new ApFeaturedCollection(object.id(), object.id("attributedTo"), object.id("url"), object.string("name"), text == null ? "" : text,
            summary == null ? null : summary.getKey(), object.isTrue("sensitive"), object.isTrue("discoverable"),
            topic == null ? null : topic.string("name"),
            object.objects("orderedItems").stream().filter(item -> item.isA("FeaturedItem") && item.id() != null && item.id("featuredObject") != null)
                .limit(atMost).map(item -> new Item(item.id(), item.id("featuredObject"), item.id("featureAuthorization"))).toList());
    }
}
