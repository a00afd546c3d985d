package social.dunlin.api.web;

import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateData;

/**
 * Who wrote something, as a page shows it.
 *
 * @param name      display name with custom emoji; the user name when there is none
 * @param plainName the same as text, without the codes of custom emoji
 * @param handle    {@code @name@host}
 * @param href      their page, here or on their own server
 * @param remote    true when {@code href} leads away
 */
@TemplateData
public record AuthorView(RawString name, String plainName, String handle, String href, String avatar, boolean remote, boolean bot) {
}
