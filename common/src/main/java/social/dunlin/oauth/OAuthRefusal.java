package social.dunlin.oauth;

import social.dunlin.refusal.Refusal;

/** A refusal in the words of RFC 6749 §5.2: a code for programs, a description for people. */
public final class OAuthRefusal extends Refusal {
    private final String code;

    private OAuthRefusal(int status, String code, String description) {
        super(status, description);
        this.code = code;
    }

    /** {@code invalid_grant} and the like. */
    public String code() {
        return code;
    }

    public static OAuthRefusal invalidRequest(String description) {
        return new OAuthRefusal(400, "invalid_request", description);
    }

    public static OAuthRefusal invalidClient() {
        return new OAuthRefusal(401, "invalid_client",
            "Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.");
    }

    /** Revoking somebody else's token. */
    public static OAuthRefusal unauthorizedClient() {
        return new OAuthRefusal(403, "unauthorized_client", "You are not authorized to revoke this token");
    }

    public static OAuthRefusal invalidGrant() {
        return new OAuthRefusal(400, "invalid_grant",
            "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.");
    }

    public static OAuthRefusal invalidScope() {
        return new OAuthRefusal(400, "invalid_scope", "The requested scope is invalid, unknown, or malformed.");
    }

    public static OAuthRefusal unsupportedGrantType() {
        return new OAuthRefusal(400, "unsupported_grant_type", "The authorization grant type is not supported by the authorization server.");
    }

    public static OAuthRefusal unsupportedResponseType() {
        return new OAuthRefusal(400, "unsupported_response_type", "The authorization server does not support this response type.");
    }

    public static OAuthRefusal accessDenied() {
        return new OAuthRefusal(403, "access_denied", "The resource owner or authorization server denied the request.");
    }
}
