package social.dunlin.federation.signature;

/** One header line as on the wire; names compare without case. */
public record Header(String name, String value) {
    public boolean isNamed(String otherName) {
        return name.equalsIgnoreCase(otherName);
    }
}
