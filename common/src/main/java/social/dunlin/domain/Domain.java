package social.dunlin.domain;

/**
 * A domain this install serves.
 *
 * @param name        what stands in handles, e.g. {@code example.org}; canonical, port included when not the default
 * @param serviceHost where its URLs live; the same as the name unless split
 * @param title       shown to people; null = the install's title
 */
public record Domain(long id, String name, String serviceHost, boolean isDefault, String title, String description, String contactEmail) {
    /** {@code https://HOST}; http only for trying out on this machine. */
    public String baseUrl() {
        return (isTryOut() ? "http://" : "https://") + serviceHost;
    }

    /** Lives on this machine only; nobody elsewhere can know it. */
    public boolean isTryOut() {
        return serviceHost.equals("localhost") || serviceHost.startsWith("localhost:");
    }
}
