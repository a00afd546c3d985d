package social.dunlin.profile;

/** The pictures of a profile. */
public enum ProfilePicture {
    AVATAR("avatar"), HEADER("header");

    private final String column;

    ProfilePicture(String column) {
        this.column = column;
    }

    String column() {
        return column;
    }
}
