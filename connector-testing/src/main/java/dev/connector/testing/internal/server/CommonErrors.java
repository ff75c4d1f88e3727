package dev.connector.testing.internal.server;

/**
 * What a service calls the errors that every service has.
 *
 * @param accessDenied the caller may not
 * @param missingToken the request is not signed
 * @param invalidToken the access key or session token is not known
 * @param expiredToken the session has ended
 * @param throttled there are too many requests
 * @param internal the service itself failed
 * @param malformed the request cannot be read
 */
public record CommonErrors(
        ErrorCode accessDenied,
        ErrorCode missingToken,
        ErrorCode invalidToken,
        ErrorCode expiredToken,
        ErrorCode throttled,
        ErrorCode internal,
        ErrorCode malformed) {}
