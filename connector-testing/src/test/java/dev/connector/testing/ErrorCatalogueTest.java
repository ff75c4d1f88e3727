package dev.connector.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connector.testing.internal.iam.IamError;
import dev.connector.testing.internal.server.ErrorCode;
import dev.connector.testing.internal.server.JsonError;
import dev.connector.testing.internal.server.Operation;
import dev.connector.testing.internal.sts.StsError;
import dev.connector.testing.internal.wire.JsonProtocol;
import dev.connector.testing.internal.wire.QueryProtocol;
import dev.connector.testing.internal.wire.Shape;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.ListUsersRequest;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.ListInstancesRequest;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;

/** A wrong code would silently come back as the service's base exception, so each one goes the whole way. */
class ErrorCatalogueTest {

    @ParameterizedTest
    @EnumSource(StsError.class)
    void error_ofSts_comesBackAsItsOwnException(StsError error) {
        TestServices services = new TestServices(
                "sts",
                "2011-06-15",
                new QueryProtocol("https://sts.amazonaws.com/doc/2011-06-15/"),
                Operation.named("GetCallerIdentity", Shape.of(GetCallerIdentityRequest::builder), (request, call) -> {
                    throw error.because("because <of> \"this\" & that");
                }));
        StsClient sts = services.configure(StsClient.builder()).build();

        assertIs(error, error.name(), catchThrowableOfType(AwsServiceException.class, sts::getCallerIdentity));
    }

    @ParameterizedTest
    @EnumSource(IamError.class)
    void error_ofIam_comesBackAsItsOwnException(IamError error) {
        TestServices services = new TestServices(
                "iam",
                "2010-05-08",
                new QueryProtocol("https://iam.amazonaws.com/doc/2010-05-08/"),
                Operation.named("GetUser", Shape.of(GetUserRequest::builder), (request, call) -> {
                    throw error.because("because <of> \"this\" & that");
                }));
        IamClient iam = services.configure(IamClient.builder()).build();

        assertIs(error, error.name(), catchThrowableOfType(AwsServiceException.class, iam::getUser));
    }

    @ParameterizedTest
    @EnumSource(
            value = JsonError.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"EXPIRED_TOKEN", "MISSING_AUTHENTICATION_TOKEN", "SERIALIZATION", "UNRECOGNIZED_CLIENT"})
    void error_ofIdentityCenter_comesBackAsItsOwnException(JsonError error) {
        TestServices admin = new TestServices(
                "sso",
                "SWBExternalService",
                new JsonProtocol(),
                Operation.named("ListInstances", Shape.of(ListInstancesRequest::builder), (request, call) -> {
                    throw error.because("because <of> \"this\" & that");
                }));
        TestServices store = new TestServices(
                "identitystore",
                "AWSIdentityStore",
                new JsonProtocol(),
                Operation.named("ListUsers", Shape.of(ListUsersRequest::builder), (request, call) -> {
                    throw error.because("because <of> \"this\" & that");
                }));
        SsoAdminClient sso = admin.configure(SsoAdminClient.builder()).build();
        IdentitystoreClient users =
                store.configure(IdentitystoreClient.builder()).build();

        assertIs(
                error,
                error.name(),
                catchThrowableOfType(
                        AwsServiceException.class,
                        () -> sso.listInstances(ListInstancesRequest.builder().build())));
        assertIs(
                error,
                error.name(),
                catchThrowableOfType(
                        AwsServiceException.class, () -> users.listUsers(request -> request.identityStoreId("d-1"))));
    }

    private static void assertIs(ErrorCode error, String name, AwsServiceException thrown) {
        assertThat(thrown.getClass().getSimpleName()).isEqualToIgnoringCase(name.replace("_", "") + "Exception");
        assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo(error.code());
        assertThat(thrown.awsErrorDetails().errorMessage()).isEqualTo("because <of> \"this\" & that");
        assertThat(thrown.statusCode()).isEqualTo(error.status());
        assertThat(requestId(thrown)).isNotNull();
    }

    /** The SDK keeps the id as a member of the error where the service's model has it there. */
    private static @Nullable String requestId(AwsServiceException thrown) {
        return thrown.requestId() != null
                ? thrown.requestId()
                : thrown.sdkFields().stream()
                        .filter(field -> field.memberName().equals("RequestId"))
                        .map(field -> String.valueOf(field.getValueOrDefault(thrown)))
                        .findFirst()
                        .orElse(null);
    }
}
