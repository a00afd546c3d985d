package social.dunlin.config;

/** Who computes signatures. */
public enum Cryptography {
    /** The native library where it works. */
    AUTOMATIC,
    /** The native library, or no start. */
    NATIVE,
    /** Java alone. */
    JAVA
}
