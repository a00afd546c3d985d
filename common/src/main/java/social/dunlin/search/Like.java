package social.dunlin.search;

/** Text from outside within a LIKE pattern. */
final class Like {
    private Like() {
    }

    /** The text as it is, whatever signs it holds. */
    static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
