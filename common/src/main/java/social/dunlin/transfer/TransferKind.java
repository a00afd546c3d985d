package social.dunlin.transfer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be taken along; file names and columns are Mastodon's. */
public enum TransferKind {
    FOLLOWING("following_accounts.csv", true, "Account address", "Show boosts", "Notify on new posts", "Languages"),
    BLOCKS("blocked_accounts.csv", false, "Account address"),
    MUTES("muted_accounts.csv", true, "Account address", "Hide notifications"),
    DOMAIN_BLOCKS("blocked_domains.csv", false, "#domain"),
    BOOKMARKS("bookmarks.csv", false, "#uri"),
    LISTS("lists.csv", false, "List name", "Account address");

    private final String fileName;
    private final boolean writesHeader;
    private final List<String> columns;

    TransferKind(String fileName, boolean writesHeader, String... columns) {
        this.fileName = fileName;
        this.writesHeader = writesHeader;
        this.columns = List.of(columns);
    }

    /** As it stands in addresses, forms and the database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<TransferKind> ofCode(String code) {
        return Stream.of(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }

    public String fileName() {
        return fileName;
    }

    /** Mastodon writes the names of the columns only where there are several. */
    boolean writesHeader() {
        return writesHeader;
    }

    /** In their order, for files without names of columns. The first one tells a line of names from a line of content. */
    List<String> columns() {
        return columns;
    }
}
