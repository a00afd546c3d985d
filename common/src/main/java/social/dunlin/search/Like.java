package social.dunlin.search;

/** Text from outside within a LIKE pattern. */
final class Like {
    private Like() {
    }

    /**
     * A condition: the column begins with the parameter, byte for byte. Unlike LIKE it finds its way into an index of
     * text_pattern_ops also where PostgreSQL plans before it knows the text.
     */
    static String beginning(String column, String parameter) {
        return "(%1$s ~>=~ %2$s and %1$s ~<~ (%2$s || U&'\\+10FFFF'))".formatted(column, parameter);
    }

    /** The text as it is, whatever signs it holds. */
    static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
