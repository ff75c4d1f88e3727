package dev.connector.testing.internal.server;

/** The errors that every AWS Query service has, none of which is in the services' models. */
public enum QueryError implements ErrorCode {
    ACCESS_DENIED("AccessDenied", 403),
    EXPIRED_TOKEN("ExpiredToken", 403),
    INTERNAL_FAILURE("InternalFailure", 500),
    INVALID_CLIENT_TOKEN_ID("InvalidClientTokenId", 403),
    MALFORMED_QUERY_STRING("MalformedQueryString", 400),
    MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationToken", 403),
    THROTTLING("Throttling", 400),
    VALIDATION_ERROR("ValidationError", 400);

    private final String code;
    private final int status;

    QueryError(String code, int status) {
        this.code = code;
        this.status = status;
    }

    /** The errors that every service has, as Query services have them. */
    public static CommonErrors common(ErrorCode internal) {
        return new CommonErrors(
                ACCESS_DENIED,
                MISSING_AUTHENTICATION_TOKEN,
                INVALID_CLIENT_TOKEN_ID,
                EXPIRED_TOKEN,
                THROTTLING,
                internal,
                MALFORMED_QUERY_STRING);
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public int status() {
        return status;
    }
}
