package dev.connector.testing.internal.sts;

import dev.connector.testing.internal.server.ErrorCode;

/** The errors in the model of STS. The codes on the wire are not always the names of the SDK's classes. */
public enum StsError implements ErrorCode {
    EXPIRED_TOKEN("ExpiredTokenException", 400),
    EXPIRED_TRADE_IN_TOKEN("ExpiredTradeInTokenException", 400),
    IDP_COMMUNICATION_ERROR("IDPCommunicationError", 400),
    IDP_REJECTED_CLAIM("IDPRejectedClaim", 403),
    INVALID_AUTHORIZATION_MESSAGE("InvalidAuthorizationMessageException", 400),
    INVALID_IDENTITY_TOKEN("InvalidIdentityToken", 400),
    JWT_PAYLOAD_SIZE_EXCEEDED("JWTPayloadSizeExceededException", 400),
    MALFORMED_POLICY_DOCUMENT("MalformedPolicyDocument", 400),
    OUTBOUND_WEB_IDENTITY_FEDERATION_DISABLED("OutboundWebIdentityFederationDisabledException", 403),
    PACKED_POLICY_TOO_LARGE("PackedPolicyTooLarge", 400),
    REGION_DISABLED("RegionDisabledException", 403),
    SESSION_DURATION_ESCALATION("SessionDurationEscalationException", 403);

    private final String code;
    private final int status;

    StsError(String code, int status) {
        this.code = code;
        this.status = status;
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
