package dev.connector.core;

import dev.connector.core.RoleAssumptionException.Hop;
import dev.connector.core.RoleAssumptionException.Reason;
import dev.connector.core.internal.SessionSpec;

/** Says why one role could not be assumed, and what to do about it: the one place where failures of AWS STS are translated. */
final class StsFailures {

    private static final String UNKNOWN_CREDENTIALS = "Unable to load credentials";

    private final SessionSpec spec;

    StsFailures(SessionSpec spec) {
        this.spec = spec;
    }

    /** What AWS, or the way to it, answered. */
    RoleAssumptionException translate(AwsFailure failure) {
        return because(reason(failure), failure.description(), failure);
    }

    /** The service's own credentials could not be had. */
    RoleAssumptionException noSourceCredentials(RuntimeException thrown) {
        if (Thread.currentThread().isInterrupted()) {
            return translate(AwsFailure.interrupted(RoleAssumer.ASSUME_ROLE));
        }
        return because(
                Reason.NO_SOURCE_CREDENTIALS,
                "the source of the service's own credentials gave none",
                AwsFailure.of(RoleAssumer.ASSUME_ROLE, thrown));
    }

    /** A failure that is not AWS's. */
    RoleAssumptionException because(Reason reason, String why) {
        return new RoleAssumptionException(
                spec.hop(), spec.roleArn().toString(), reason, message(reason, why), (Throwable) null);
    }

    private RoleAssumptionException because(Reason reason, String why, AwsFailure failure) {
        return new RoleAssumptionException(
                spec.hop(), spec.roleArn().toString(), reason, message(reason, why), failure);
    }

    private String message(Reason reason, String why) {
        String role = spec.hop() == Hop.RUNTIME ? "the runtime role " : "the role ";
        String sentence = why.endsWith(".") ? why : why + ".";
        return "Cannot assume " + role + spec.roleArn() + ": " + sentence + " " + advice(reason);
    }

    private static Reason reason(AwsFailure failure) {
        return switch (failure.kind()) {
            case DENIED -> Reason.DENIED;
            case EXPIRED_TOKEN -> Reason.EXPIRED_SOURCE;
            case THROTTLED -> Reason.THROTTLED;
            case TIMEOUT -> Reason.TIMEOUT;
            case INTERRUPTED -> Reason.INTERRUPTED;
            case REJECTED -> reasonOfRejection(failure);
            case UNAVAILABLE ->
                String.valueOf(failure.cause().getMessage()).startsWith(UNKNOWN_CREDENTIALS)
                        ? Reason.NO_SOURCE_CREDENTIALS
                        : Reason.UNAVAILABLE;
            case NOT_SENT ->
                failure.cause() instanceof InvalidSettingsException ? Reason.ENDPOINT_REFUSED : Reason.OTHER;
            case UNEXPECTED -> Reason.OTHER;
        };
    }

    private static Reason reasonOfRejection(AwsFailure failure) {
        return switch (failure.errorCode().orElse("")) {
            case "PackedPolicyTooLarge" -> Reason.PACKED_POLICY_TOO_LARGE;
            case "RegionDisabledException" -> Reason.REGION_DISABLED;
            case "InvalidClientTokenId",
                    "UnrecognizedClientException",
                    "SignatureDoesNotMatch",
                    "IncompleteSignature",
                    "MissingAuthenticationToken" -> Reason.INVALID_SOURCE_CREDENTIALS;
            case "ValidationError" ->
                // AWS has one code for every wrong field. A misread text costs a worse advice, no more.
                failure.description().contains("DurationSeconds exceeds")
                        ? Reason.SESSION_TOO_LONG
                        : Reason.INVALID_REQUEST;
            default -> Reason.INVALID_REQUEST;
        };
    }

    private String advice(Reason reason) {
        boolean runtime = spec.hop() == Hop.RUNTIME;
        return switch (reason) {
            case DENIED ->
                runtime
                        ? "Its trust policy must name the service's own principal, and demand the External ID that is in the"
                                + " settings: compare them with the output of the Terraform module that made the role. If the"
                                + " service is in another account, its own policy must allow sts:AssumeRole on the role, too."
                                + " The owner of the role's account can change the trust policy."
                        : "Its trust policy must name the runtime role (the variable runtime_role_arns of the role's Terraform"
                                + " module), and the runtime role's policy must allow sts:AssumeRole on it (the variable"
                                + " account_id_safelist of the runtime's module, for a role in another account). "
                                + (spec.externalId().isPresent()
                                        ? "An External ID was sent, which must be the one that it demands."
                                        : "No External ID was sent.")
                                + " The owner of the role's account can change both.";
            case EXPIRED_SOURCE ->
                runtime
                        ? "Renew the service's own credentials; their source gave out expired ones."
                        : "The runtime role's session was replaced, and AWS called the new one expired, too. Check this"
                                + " machine's clock.";
            case NO_SOURCE_CREDENTIALS ->
                "Give the service a role or other credentials that the SDK's default chain finds, or set sourceCredentials;"
                        + " the cause says what was tried.";
            case INVALID_SOURCE_CREDENTIALS ->
                runtime
                        ? "AWS does not take the service's own credentials. Check where they come from, and this machine's"
                                + " clock."
                        : "AWS does not take the runtime role's session. Check this machine's clock.";
            case UNEXPECTED_SOURCE ->
                "Nothing was assumed. Check where the service finds its credentials, or correct expectedSource.";
            case PACKED_POLICY_TOO_LARGE ->
                "Name fewer resources in the session policy, or open a session for each target.";
            case SESSION_TOO_LONG ->
                runtime
                        ? "Set sessionDuration to no more than the role's maximum session duration, and to no more than an hour"
                                + " where the service's own credentials are a role's, as in ECS, EKS and Lambda."
                        : "Set the role's sessionDuration to no more than its maximum session duration.";
            case INVALID_REQUEST -> "The same request fails again; the answer says what must be changed.";
            case REGION_DISABLED ->
                "An administrator of the account can activate AWS STS for the Region in the account settings of IAM.";
            case ENDPOINT_REFUSED -> "Nothing was sent.";
            case CLOCK_SKEWED -> "Set this machine's clock, or the connector's, if it was given another.";
            case THROTTLED, TIMEOUT, UNAVAILABLE -> "The call may be repeated later.";
            case INTERRUPTED -> "The thread's interrupt flag is set; the call may be repeated.";
            case OTHER -> "See the cause.";
        };
    }
}
