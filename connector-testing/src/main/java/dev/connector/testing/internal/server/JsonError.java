package dev.connector.testing.internal.server;

/** The errors that every AWS JSON service has. The first four stand in no service's model. */
public enum JsonError implements ErrorCode {
    EXPIRED_TOKEN("ExpiredTokenException", 400),
    MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationTokenException", 400),
    SERIALIZATION("SerializationException", 400),
    UNRECOGNIZED_CLIENT("UnrecognizedClientException", 400),
    ACCESS_DENIED("AccessDeniedException", 400),
    CONFLICT("ConflictException", 400),
    INTERNAL_SERVER("InternalServerException", 500),
    RESOURCE_NOT_FOUND("ResourceNotFoundException", 400),
    SERVICE_QUOTA_EXCEEDED("ServiceQuotaExceededException", 400),
    THROTTLING("ThrottlingException", 400),
    VALIDATION("ValidationException", 400);

    private final String code;
    private final int status;

    JsonError(String code, int status) {
        this.code = code;
        this.status = status;
    }

    /** The errors that every service has, as JSON services have them. */
    public static CommonErrors common() {
        return new CommonErrors(
                ACCESS_DENIED,
                MISSING_AUTHENTICATION_TOKEN,
                UNRECOGNIZED_CLIENT,
                EXPIRED_TOKEN,
                THROTTLING,
                INTERNAL_SERVER,
                SERIALIZATION);
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
