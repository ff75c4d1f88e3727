package dev.connector.testing.internal.iam;

import dev.connector.testing.internal.server.ErrorCode;

/** The errors in IAM's model. The codes on the wire are not the names of the SDK's classes. */
public enum IamError implements ErrorCode {
    ACCOUNT_NOT_MANAGEMENT_OR_DELEGATED_ADMINISTRATOR("AccountNotManagementOrDelegatedAdministratorException", 400),
    CALLER_IS_NOT_MANAGEMENT_ACCOUNT("CallerIsNotManagementAccountException", 400),
    CONCURRENT_MODIFICATION("ConcurrentModification", 409),
    CREDENTIAL_REPORT_EXPIRED("ReportExpired", 410),
    CREDENTIAL_REPORT_NOT_PRESENT("ReportNotPresent", 410),
    CREDENTIAL_REPORT_NOT_READY("ReportInProgress", 404),
    DELETE_CONFLICT("DeleteConflict", 409),
    DUPLICATE_CERTIFICATE("DuplicateCertificate", 409),
    DUPLICATE_SSH_PUBLIC_KEY("DuplicateSSHPublicKey", 400),
    ENTITY_ALREADY_EXISTS("EntityAlreadyExists", 409),
    ENTITY_TEMPORARILY_UNMODIFIABLE("EntityTemporarilyUnmodifiable", 409),
    FEATURE_DISABLED("FeatureDisabled", 404),
    FEATURE_ENABLED("FeatureEnabled", 409),
    INVALID_AUTHENTICATION_CODE("InvalidAuthenticationCode", 403),
    INVALID_CERTIFICATE("InvalidCertificate", 400),
    INVALID_INPUT("InvalidInput", 400),
    INVALID_PUBLIC_KEY("InvalidPublicKey", 400),
    INVALID_USER_TYPE("InvalidUserType", 400),
    KEY_PAIR_MISMATCH("KeyPairMismatch", 400),
    LIMIT_EXCEEDED("LimitExceeded", 409),
    MALFORMED_CERTIFICATE("MalformedCertificate", 400),
    MALFORMED_POLICY_DOCUMENT("MalformedPolicyDocument", 400),
    NO_SUCH_ENTITY("NoSuchEntity", 404),
    OPEN_ID_IDP_COMMUNICATION_ERROR("OpenIdIdpCommunicationError", 400),
    ORGANIZATION_NOT_FOUND("OrganizationNotFoundException", 400),
    ORGANIZATION_NOT_IN_ALL_FEATURES_MODE("OrganizationNotInAllFeaturesModeException", 400),
    PASSWORD_POLICY_VIOLATION("PasswordPolicyViolation", 400),
    POLICY_EVALUATION("PolicyEvaluation", 500),
    POLICY_NOT_ATTACHABLE("PolicyNotAttachable", 400),
    REPORT_GENERATION_LIMIT_EXCEEDED("ReportGenerationLimitExceeded", 409),
    SERVICE_ACCESS_NOT_ENABLED("ServiceAccessNotEnabledException", 400),
    SERVICE_FAILURE("ServiceFailure", 500),
    SERVICE_NOT_SUPPORTED("NotSupportedService", 404),
    UNMODIFIABLE_ENTITY("UnmodifiableEntity", 400),
    UNRECOGNIZED_PUBLIC_KEY_ENCODING("UnrecognizedPublicKeyEncoding", 400);

    private final String code;
    private final int status;

    IamError(String code, int status) {
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
