/**
 * Text on its way between people and HTML: {@link social.dunlin.text.PlainTextFormatter} turns what is typed here into
 * HTML, {@link social.dunlin.text.HtmlSanitizer} turns what arrives from elsewhere into HTML that is safe to show,
 * {@link social.dunlin.text.HtmlToText} and {@link social.dunlin.text.PlainText} go the other way. All functions are
 * pure, never throw on hostile input and take time linear in its length.
 */
package social.dunlin.text;
