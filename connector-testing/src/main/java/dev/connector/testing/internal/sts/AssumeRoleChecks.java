package dev.connector.testing.internal.sts;

import dev.connector.testing.internal.server.QueryError;
import dev.connector.testing.internal.server.SimulatorError;
import dev.connector.testing.internal.server.Validation;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Tag;

/** What the model of STS says of AssumeRole's parameters. */
final class AssumeRoleChecks {

    private static final Pattern ARN =
            Pattern.compile("[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD]+");
    private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]*");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:\\/-]*");
    private static final Pattern POLICY = Pattern.compile("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
    private static final Pattern ROLE_ARN = Pattern.compile("arn:[a-z-]+:iam::\\d{12}:role/.+");

    private AssumeRoleChecks() {}

    static void check(AssumeRoleRequest request) {
        refuseUnknown(request);
        Validation validation = new Validation()
                .required("roleArn", request.roleArn(), 20, 2048, ARN)
                .required("roleSessionName", request.roleSessionName(), 2, 64, NAME)
                .optional("externalId", request.externalId(), 2, 1224, EXTERNAL_ID)
                .optional("sourceIdentity", request.sourceIdentity(), 2, 64, NAME)
                .optional("policy", request.policy(), 1, 2048, POLICY)
                .optional("durationSeconds", request.durationSeconds(), 900, 43_200)
                .size("tags", request.tags().size(), 50)
                .size("transitiveTagKeys", request.transitiveTagKeys().size(), 50);
        for (Tag tag : request.tags()) {
            validation.required("tags.key", tag.key(), 1, 128, TAG).required("tags.value", tag.value(), 0, 256, TAG);
        }
        validation.throwIfAny(QueryError.VALIDATION_ERROR);
        checkArn(request.roleArn());
        checkTagKeys(request);
    }

    private static void refuseUnknown(AssumeRoleRequest request) {
        refuse(request.hasPolicyArns() && !request.policyArns().isEmpty(), "PolicyArns");
        refuse(request.hasProvidedContexts() && !request.providedContexts().isEmpty(), "ProvidedContexts");
        refuse(request.serialNumber() != null, "SerialNumber");
        refuse(request.tokenCode() != null, "TokenCode");
    }

    private static void refuse(boolean present, String parameter) {
        if (present) {
            throw SimulatorError.NOT_SIMULATED.because(
                    "SimulatedAws does not know " + parameter + " of sts:AssumeRole; nothing was done");
        }
    }

    private static void checkArn(String arn) {
        if (!ROLE_ARN.matcher(arn).matches()) {
            throw QueryError.VALIDATION_ERROR.because(arn + " is invalid");
        }
    }

    private static void checkTagKeys(AssumeRoleRequest request) {
        Set<String> keys = new HashSet<>();
        for (Tag tag : request.tags()) {
            if (!keys.add(tag.key().toLowerCase(Locale.ROOT))) {
                throw QueryError.VALIDATION_ERROR.because(
                        "Duplicate tag keys found. Please note that Tag keys are case" + " insensitive.");
            }
        }
        for (String key : request.transitiveTagKeys()) {
            if (!keys.contains(key.toLowerCase(Locale.ROOT))) {
                throw QueryError.VALIDATION_ERROR.because(
                        "One or more transitive tag keys were not in the tags that were passed: " + key);
            }
        }
    }
}
