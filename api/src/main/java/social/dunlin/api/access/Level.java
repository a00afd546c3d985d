package social.dunlin.api.access;

/** What a caller must bring. */
public enum Level {
    /** Nothing; a token is not even looked at. */
    PUBLIC,
    /** Nothing, and nothing but the path and a few headers are looked at: files, of which one page asks for many. */
    FILE,
    /** Nothing; but a token that is sent must be valid and its scopes must fit. */
    OPTIONAL_TOKEN,
    /** A token of an application or of a user. */
    ANY_TOKEN,
    /** A token of a user: 401 without a token, 422 with an application's token. */
    USER_TOKEN,
    /** A token of a user whose login may still wait for its confirmation. */
    APPLICANT_TOKEN,
    /** A browser page for everybody; a session is used when there is one. Forms need the page's token. */
    WEB_PAGE,
    /** A browser page for people who are logged in; others are sent to the log-in page. */
    WEB_SESSION,
    /** Another server, known by its HTTP signature. The resource verifies it; the body is left unread. */
    SIGNATURE
}
