package social.dunlin.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Markdown as GitHub writes it (CommonMark with tables, strikethrough, bare addresses as links, line breaks that stay)
 * to HTML. HTML within it is shown as text, pictures become links, and what comes out is sanitised like everything else.
 * Mentions, hashtags and emojis mean the same as in plain text, but nothing within code.
 */
public final class MarkdownFormatter {
    /** Longer than any post of ours may be; what other servers send beyond it is taken for plain text. */
    private static final int MAXIMUM_INPUT = 100_000;
    /** As deep as the sanitizer goes; the parser would build, and the renderer descend, as deep as the text says. */
    private static final int MAXIMUM_NESTING = 32;
    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create(), StrikethroughExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS)
            .maxOpenBlockParsers(MAXIMUM_NESTING).maxInlineNesting(MAXIMUM_NESTING)
            .customInlineContentParserFactory(new MarkdownEntities()).build();

    private MarkdownFormatter() {
    }

    /** A mention, hashtag, address or emoji code, with the text it was made of. */
    static final class EntityNode extends CustomNode {
        final TextEntity entity;
        final String written;

        EntityNode(TextEntity entity, String written) {
            this.entity = entity;
            this.written = written;
        }

        /** A link within a link is none. */
        boolean isWithinLink() {
            for (Node above = getParent(); above != null; above = above.getParent()) {
                if (above instanceof Link || above instanceof Image) {
                    return true;
                }
            }
            return false;
        }
    }

    public static TextEntities extract(String text) {
        if (text.length() > MAXIMUM_INPUT) {
            return PlainTextFormatter.extract(text);
        }
        List<TextEntity> found = new ArrayList<>();
        parse(text).accept(new AbstractVisitor() {
            @Override
            public void visit(CustomNode node) {
                if (node instanceof EntityNode named && (named.entity instanceof TextEntity.Emoji || !named.isWithinLink())) {
                    found.add(named.entity);
                }
                visitChildren(node);
            }

            @Override
            public void visit(Link link) {
                String url = SafeUrl.http(link.getDestination());
                if (url != null) {
                    found.add(new TextEntity.Url(0, 0, url));
                }
                visitChildren(link);
            }
        });
        return new TextEntities(found);
    }

    /** As {@link PlainTextFormatter#format(String, Map, Function)}. */
    public static String format(String text, Map<MentionName, ResolvedMention> mentions, Function<Hashtag, String> tagUrl) {
        if (text.length() > MAXIMUM_INPUT) {
            return PlainTextFormatter.format(text, mentions, tagUrl);
        }
        HtmlRenderer renderer = HtmlRenderer.builder().extensions(EXTENSIONS).escapeHtml(true).softbreak("<br />")
                .nodeRendererFactory(context -> new EntityRenderer(context, mentions, tagUrl))
                .nodeRendererFactory(PictureRenderer::new).build();
        // Clients show line breaks between blocks as such; none stands between tags but for those.
        return HtmlSanitizer.sanitizeWithTables(renderer.render(parse(text)).replace(">\n<", "><").strip());
    }

    /** Another server's Markdown, whose people and hashtags its document names. */
    public static String format(String text) {
        return format(text, Map.of(), null);
    }

    private static Node parse(String text) {
        return PARSER.parse(PlainTextFormatter.unifyNewlines(text));
    }

    /** @param tagUrl null = hashtags stay text */
    private record EntityRenderer(HtmlNodeRendererContext context, Map<MentionName, ResolvedMention> mentions, Set<String> shared,
                                  Function<Hashtag, String> tagUrl) implements NodeRenderer {
        EntityRenderer(HtmlNodeRendererContext context, Map<MentionName, ResolvedMention> mentions, Function<Hashtag, String> tagUrl) {
            this(context, mentions, PlainTextFormatter.sharedUsernames(mentions), tagUrl);
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(EntityNode.class);
        }

        @Override
        public void render(Node node) {
            EntityNode named = (EntityNode) node;
            StringBuilder html = new StringBuilder();
            if (!named.isWithinLink()) {
                switch (named.entity) {
                    case TextEntity.Mention mention when mentions.containsKey(mention.name()) -> {
                        ResolvedMention resolved = mentions.get(mention.name());
                        PlainTextFormatter.appendMention(html, resolved, shared.contains(resolved.username()));
                    }
                    case TextEntity.Tag tag when tagUrl != null -> PlainTextFormatter.appendTag(html, tag.hashtag(), tagUrl);
                    case TextEntity.Url url -> PlainTextFormatter.appendLink(html, url.url(), false);
                    case TextEntity.Mention _, TextEntity.Tag _, TextEntity.Emoji _ -> { }
                }
            }
            if (html.isEmpty()) {
                context.getWriter().text(named.written);
            } else {
                context.getWriter().raw(html.toString());
            }
        }
    }

    /** A picture from anywhere would tell its server who reads. */
    private record PictureRenderer(HtmlNodeRendererContext context) implements NodeRenderer {
        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(Image.class);
        }

        @Override
        public void render(Node node) {
            String destination = ((Image) node).getDestination();
            boolean described = node.getFirstChild() != null;
            context.getWriter().tag("a", Map.of("href", destination));
            if (described) {
                for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
                    context.render(child);
                }
            } else {
                context.getWriter().text(destination);
            }
            context.getWriter().tag("/a");
        }
    }
}
