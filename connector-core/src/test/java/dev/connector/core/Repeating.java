package dev.connector.core;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.StsException;

/** Answers each call with a failure that repeats the request: its parameters, with the External ID among them, and its session token. */
enum Repeating implements ExecutionInterceptor {
    /** What AWS answers where a field is wrong. */
    VALIDATION_ERROR(request -> answer(400, "ValidationError", "wrong: " + request.all())),
    /** What AWS answers where the signature is wrong. */
    WRONG_SIGNATURE(request -> answer(
            403,
            "SignatureDoesNotMatch",
            "The Canonical String for this request should have been\n'POST\n/\n\nhost:sts\nx-amz-security-token:"
                    + request.token + "\n\nhost;x-amz-security-token\n0123'")),
    DENIED(request -> answer(403, "AccessDenied", request.encoded())),
    THROTTLED(request -> answer(400, "Throttling", request.all())),
    SERVER_ERROR(request -> answer(500, "InternalFailure", request.all())),
    EXPIRED(request -> answer(400, "ExpiredTokenException", request.all())),
    IN_THE_BODY_ALONE(request -> {
        StsException answer = answer(400, "ValidationError", "wrong");
        return answer.toBuilder()
                .awsErrorDetails(answer.awsErrorDetails().toBuilder()
                        .rawResponse(SdkBytes.fromUtf8String(request.all()))
                        .build())
                .build();
    }),
    TIMEOUT(request -> ApiCallTimeoutException.builder().message(request.all()).build()),
    UNSENT(request -> SdkClientException.create("Cannot send", new IOException(request.encoded()))),
    SUPPRESSED(request -> {
        RuntimeException thrown = SdkClientException.create("Cannot send");
        thrown.addSuppressed(new IOException(request.all()));
        return thrown;
    }),
    INTERCEPTOR(request -> new UnsupportedOperationException("x", new IllegalStateException(request.all())));

    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<Sent, RuntimeException> answer;

    Repeating(Function<Sent, RuntimeException> answer) {
        this.answer = answer;
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        String token = context.httpRequest()
                .firstMatchingHeader("X-Amz-Security-Token")
                .orElse("none");
        throw answer.apply(new Sent(context.request().toString(), token));
    }

    /** The same, to nobody but whoever asks for this role. */
    ExecutionInterceptor to(String roleName) {
        return new ExecutionInterceptor() {
            @Override
            public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
                if (context.request() instanceof AssumeRoleRequest request
                        && request.roleArn().endsWith("/" + roleName)) {
                    Repeating.this.beforeTransmission(context, attributes);
                }
            }
        };
    }

    private static StsException answer(int status, String code, String message) {
        return (StsException) Samples.stsError(status, code, message);
    }

    private record Sent(String parameters, String token) {

        String all() {
            return parameters + " with " + token;
        }

        String encoded() {
            return URLEncoder.encode(all(), StandardCharsets.UTF_8);
        }
    }
}
