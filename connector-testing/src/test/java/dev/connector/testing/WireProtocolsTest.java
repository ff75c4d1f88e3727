package dev.connector.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connector.testing.internal.server.Operation;
import dev.connector.testing.internal.server.ServiceFailure;
import dev.connector.testing.internal.wire.JsonProtocol;
import dev.connector.testing.internal.wire.QueryProtocol;
import dev.connector.testing.internal.wire.RestJsonProtocol;
import dev.connector.testing.internal.wire.Route;
import dev.connector.testing.internal.wire.Shape;
import dev.connector.testing.internal.wire.WireError;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryRequest;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryResponse;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyResponse;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.ConflictException;
import software.amazon.awssdk.services.identitystore.model.CreateGroupMembershipRequest;
import software.amazon.awssdk.services.identitystore.model.CreateGroupMembershipResponse;
import software.amazon.awssdk.services.identitystore.model.DescribeUserRequest;
import software.amazon.awssdk.services.identitystore.model.DescribeUserResponse;
import software.amazon.awssdk.services.identitystore.model.Email;
import software.amazon.awssdk.services.identitystore.model.GetUserIdRequest;
import software.amazon.awssdk.services.identitystore.model.GetUserIdResponse;
import software.amazon.awssdk.services.identitystore.model.MemberId;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ListFunctionsRequest;
import software.amazon.awssdk.services.lambda.model.ListFunctionsResponse;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;
import software.amazon.awssdk.services.lambda.model.UntagResourceRequest;
import software.amazon.awssdk.services.lambda.model.UntagResourceResponse;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationResponse;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** The formats of services that the simulation does not have yet, each proved with a table of a few operations. */
class WireProtocolsTest {

    private static final String IAM_NAMESPACE = "https://iam.amazonaws.com/doc/2010-05-08/";
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00.123456Z");

    private final List<Object> requests = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<a href=\"x\">&amp;</a>",
                "]]>",
                "line\r\nand\rreturn\ttab",
                "Zoë \u4E2D\u6587 \uD83D\uDE00",
                "a+b&c=d%20e",
                "'\"\\/\u2028"
            })
    void text_ofAnyKind_survivesQueryAndJson(String text) {
        assertThat(echoedByQuery(text)).isEqualTo(text);
        assertThat(echoedByJson(text)).isEqualTo(text);
    }

    @Test
    void text_thatXmlCannotHold_isReplaced() {
        assertThat(echoedByQuery("a\u0001b\uFFFEc\uFFFFd")).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd");
    }

    @Test
    void query_withListsAndStructures_readsThemAll() {
        IamClient iam = iam();
        SimulateCustomPolicyRequest request = SimulateCustomPolicyRequest.builder()
                .policyInputList("one", "two")
                .actionNames(List.of())
                .maxItems(7)
                .contextEntries(
                        ContextEntry.builder()
                                .contextKeyName("aws:userid")
                                .contextKeyValues("a", "b")
                                .contextKeyType("string")
                                .build(),
                        ContextEntry.builder().contextKeyName("empty").build())
                .build();

        iam.simulateCustomPolicy(request);

        assertThat(requests).containsExactly(request);
        assertThat(((SimulateCustomPolicyRequest) requests.get(0)).hasActionNames())
                .isTrue();
        assertThat(((SimulateCustomPolicyRequest) requests.get(0)).hasResourceArns())
                .isFalse();
    }

    @Test
    void query_withMapsInTheAnswer_writesThem() {
        assertThat(iam().getAccountSummary().summaryMapAsStrings())
                .containsExactlyInAnyOrderEntriesOf(Map.of("Users", 3, "Groups", 4));
    }

    @Test
    void json_withStructuresListsAndTimes_survivesBothWays() {
        IdentitystoreClient store = identityStore(AnonymousOr.SIGNED);
        CreateGroupMembershipRequest create = CreateGroupMembershipRequest.builder()
                .identityStoreId("d-1234567890")
                .groupId("group")
                .memberId(MemberId.fromUserId("user"))
                .build();
        GetUserIdRequest find = GetUserIdRequest.builder()
                .identityStoreId("d-1234567890")
                .alternateIdentifier(id -> id.uniqueAttribute(
                        attribute -> attribute.attributePath("userName").attributeValue(Document.fromString("ada"))))
                .build();

        assertThat(store.createGroupMembership(create).membershipId()).isEqualTo("membership");
        store.getUserId(find);
        DescribeUserResponse user = store.describeUser(
                request -> request.identityStoreId("d-1234567890").userId("user"));

        assertThat(requests).contains(create, find);
        assertThat(user.emails()).extracting(Email::value).containsExactly("ada@example.com", "<ada>");
        assertThat(user.emails()).extracting(Email::primary).containsExactly(true, null);
        assertThat(user.hasPhoneNumbers()).isTrue();
        assertThat(user.hasAddresses()).isFalse();
    }

    @Test
    void json_withADocumentOfAnyKind_readsIt() {
        Document document = Document.mapBuilder()
                .putString("text", "ada")
                .putNumber("number", new BigDecimal("1.50"))
                .putBoolean("flag", true)
                .putNull("nothing")
                .putList("list", list -> list.addNumber(1).addString("x"))
                .build();
        GetUserIdRequest find = GetUserIdRequest.builder()
                .identityStoreId("d-1234567890")
                .alternateIdentifier(id -> id.uniqueAttribute(
                        attribute -> attribute.attributePath("path").attributeValue(document)))
                .build();

        identityStore(AnonymousOr.SIGNED).getUserId(find);

        assertThat(requests).containsExactly(find);
    }

    @Test
    void json_withAnErrorThatHasFields_comesBackWithThem() {
        IdentitystoreClient store = identityStore(AnonymousOr.SIGNED);

        assertThatThrownBy(() -> store.createGroupMembership(
                        request -> request.identityStoreId("d-1234567890").groupId("busy")))
                .isInstanceOfSatisfying(ConflictException.class, e -> {
                    assertThat(e.reasonAsString()).isEqualTo("CONCURRENT_MODIFICATION");
                    assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("Try again");
                    assertThat(e.statusCode()).isEqualTo(400);
                });
    }

    @Test
    void json_withoutSignatureOrOperation_isRefusedInItsProtocol() {
        IdentitystoreClient anonymous = identityStore(AnonymousOr.ANONYMOUS);

        assertThatThrownBy(() -> anonymous.describeUser(
                        request -> request.identityStoreId("d-1234567890").userId("user")))
                .hasMessageContaining("Request is missing Authentication Token");
        assertThatThrownBy(() ->
                        identityStore(AnonymousOr.SIGNED).listUsers(request -> request.identityStoreId("d-1234567890")))
                .hasMessageContaining("SimulatedAws does not know identitystore:ListUsers");
    }

    @Test
    void json_withBlobsMapsAndTimes_survivesBothWays() {
        SecretsManagerClient secrets = secrets();
        byte[] bytes = {0, 1, -1, 127, -128};

        secrets.putSecretValue(request -> request.secretId("id")
                .secretBinary(SdkBytes.fromByteArray(bytes))
                .versionStages("A", "B"));
        GetSecretValueResponse value = secrets.getSecretValue(request -> request.secretId("id"));
        DescribeSecretResponse secret = secrets.describeSecret(request -> request.secretId("id"));

        assertThat(((PutSecretValueRequest) requests.get(0)).secretBinary().asByteArray())
                .isEqualTo(bytes);
        assertThat(((PutSecretValueRequest) requests.get(0)).versionStages()).containsExactly("A", "B");
        assertThat(value.secretBinary().asByteArray()).isEqualTo(bytes);
        assertThat(value.createdDate()).isEqualTo(Instant.parse("2026-01-01T00:00:00.123Z"));
        assertThat(secret.versionIdsToStages()).isEqualTo(Map.of("v1", List.of("AWSCURRENT"), "v2", List.of()));
        assertThat(secret.rotationEnabled()).isTrue();
        assertThatThrownBy(() -> secrets.getSecretValue(request -> request.secretId("absent")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void rest_withPathHeadersStatusAndPayload_survivesBothWays() {
        LambdaClient lambda = lambda();
        String arn = "arn:aws:lambda:us-east-1:111122223333:function:f";

        InvokeResponse response = lambda.invoke(request -> request.functionName(arn)
                .qualifier("live")
                .invocationType("Event")
                .payload(SdkBytes.fromUtf8String("{\"x\": 1}")));
        lambda.invoke(request -> request.functionName("g"));

        assertThat(requests.get(0))
                .isEqualTo(InvokeRequest.builder()
                        .functionName(arn)
                        .qualifier("live")
                        .invocationType("Event")
                        .payload(SdkBytes.fromUtf8String("{\"x\": 1}"))
                        .build());
        assertThat(((InvokeRequest) requests.get(1)).payload().asByteArray()).isEmpty();
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.executedVersion()).isEqualTo("42");
        assertThat(response.payload().asUtf8String()).isEqualTo("answer");
        assertThat(response.functionError()).isNull();
    }

    @Test
    void rest_withBodyAndMaps_survivesBothWays() {
        UpdateFunctionConfigurationRequest update = UpdateFunctionConfigurationRequest.builder()
                .functionName("f")
                .memorySize(512)
                .environment(environment -> environment.variables(Map.of("a", "b")))
                .build();
        LambdaClient lambda = lambda();

        assertThat(lambda.updateFunctionConfiguration(update).memorySize()).isEqualTo(512);
        assertThat(requests).containsExactly(update);
        assertThat(lambda.getFunctionConfiguration(request -> request.functionName("f"))
                        .codeSize())
                .isEqualTo(100L);
    }

    @Test
    void rest_withListsInTheQueryString_readsThem() {
        LambdaClient lambda = lambda();

        lambda.untagResource(request ->
                request.resource("arn:aws:lambda:us-east-1:1:function:f").tagKeys("a", "b c"));
        lambda.listFunctions(request -> request.maxItems(3));

        assertThat(((UntagResourceRequest) requests.get(0)).tagKeys()).containsExactly("a", "b c");
        assertThat(((ListFunctionsRequest) requests.get(1)).maxItems()).isEqualTo(3);
    }

    @Test
    void rest_withAnErrorThatHasHeaders_comesBackWithThem() {
        assertThatThrownBy(() -> lambda().invoke(request -> request.functionName("busy")))
                .isInstanceOfSatisfying(TooManyRequestsException.class, e -> {
                    assertThat(e.retryAfterSeconds()).isEqualTo("7");
                    assertThat(e.statusCode()).isEqualTo(429);
                });
        assertThatThrownBy(() -> lambda().invoke(request -> request.functionName("broken")))
                .hasMessageContaining("no details");
        assertThatThrownBy(() -> lambda().getAccountSettings())
                .hasMessageContaining("SimulatedAws does not know lambda:unknown");
    }

    private String echoedByQuery(String text) {
        TestServices services = new TestServices(
                "iam",
                "2010-05-08",
                new QueryProtocol(IAM_NAMESPACE),
                Operation.named(
                        "SimulateCustomPolicy",
                        Shape.of(SimulateCustomPolicyRequest::builder),
                        (request, call) -> SimulateCustomPolicyResponse.builder()
                                .marker(request.marker())
                                .build()));
        return services.configure(IamClient.builder())
                .build()
                .simulateCustomPolicy(request -> request.marker(text))
                .marker();
    }

    private static String echoedByJson(String text) {
        TestServices services = new TestServices(
                "secretsmanager",
                "secretsmanager",
                new JsonProtocol(),
                Operation.named(
                        "GetSecretValue",
                        Shape.of(GetSecretValueRequest::builder),
                        (request, call) -> GetSecretValueResponse.builder()
                                .secretString(request.secretId())
                                .build()));
        return services.configure(SecretsManagerClient.builder())
                .build()
                .getSecretValue(request -> request.secretId(text))
                .secretString();
    }

    private IamClient iam() {
        return new TestServices(
                        "iam",
                        "2010-05-08",
                        new QueryProtocol(IAM_NAMESPACE),
                        operation(
                                "SimulateCustomPolicy",
                                Shape.of(SimulateCustomPolicyRequest::builder),
                                SimulateCustomPolicyResponse.builder().build()),
                        operation(
                                "GetAccountSummary",
                                Shape.of(GetAccountSummaryRequest::builder),
                                GetAccountSummaryResponse.builder()
                                        .summaryMapWithStrings(Map.of("Users", 3, "Groups", 4))
                                        .build()))
                .configure(IamClient.builder())
                .build();
    }

    private enum AnonymousOr {
        ANONYMOUS,
        SIGNED
    }

    private IdentitystoreClient identityStore(AnonymousOr signature) {
        TestServices services = new TestServices(
                "identitystore",
                "AWSIdentityStore",
                new JsonProtocol(),
                Operation.named(
                        "CreateGroupMembership",
                        Shape.of(CreateGroupMembershipRequest::builder),
                        (request, call) -> createMembership(request)),
                operation(
                        "GetUserId",
                        Shape.of(GetUserIdRequest::builder),
                        GetUserIdResponse.builder().build()),
                operation(
                        "DescribeUser",
                        Shape.of(DescribeUserRequest::builder),
                        DescribeUserResponse.builder()
                                .userId("user")
                                .emails(
                                        Email.builder()
                                                .value("ada@example.com")
                                                .primary(true)
                                                .build(),
                                        Email.builder().value("<ada>").build())
                                .phoneNumbers(List.of())
                                .build()));
        var builder = services.configure(IdentitystoreClient.builder());
        return signature == AnonymousOr.SIGNED
                ? builder.build()
                : builder.credentialsProvider(AnonymousCredentialsProvider.create())
                        .build();
    }

    private CreateGroupMembershipResponse createMembership(CreateGroupMembershipRequest request) {
        requests.add(request);
        if (request.groupId().equals("busy")) {
            throw new ServiceFailure(new WireError(
                    "ConflictException",
                    400,
                    "Try again",
                    ConflictException.builder()
                            .reason("CONCURRENT_MODIFICATION")
                            .build()));
        }
        return CreateGroupMembershipResponse.builder()
                .membershipId("membership")
                .build();
    }

    private SecretsManagerClient secrets() {
        return new TestServices(
                        "secretsmanager",
                        "secretsmanager",
                        new JsonProtocol(),
                        operation(
                                "PutSecretValue",
                                Shape.of(PutSecretValueRequest::builder),
                                PutSecretValueResponse.builder().build()),
                        Operation.named(
                                "GetSecretValue",
                                Shape.of(GetSecretValueRequest::builder),
                                (request, call) -> secretValue(request)),
                        operation(
                                "DescribeSecret",
                                Shape.of(DescribeSecretRequest::builder),
                                DescribeSecretResponse.builder()
                                        .versionIdsToStages(Map.of("v1", List.of("AWSCURRENT"), "v2", List.of()))
                                        .rotationEnabled(true)
                                        .build()))
                .configure(SecretsManagerClient.builder())
                .build();
    }

    private static GetSecretValueResponse secretValue(GetSecretValueRequest request) {
        if (request.secretId().equals("absent")) {
            throw TestServices.error("ResourceNotFoundException", 400).because("not found");
        }
        return GetSecretValueResponse.builder()
                .secretBinary(SdkBytes.fromByteArray(new byte[] {0, 1, -1, 127, -128}))
                .createdDate(TIME)
                .build();
    }

    private LambdaClient lambda() {
        return new TestServices(
                        "lambda",
                        "lambda",
                        new RestJsonProtocol(),
                        rest(
                                Route.http("Invoke", "POST", "/2015-03-31/functions/{FunctionName}/invocations"),
                                Shape.of(InvokeRequest::builder),
                                (request, call) -> invoke(request)),
                        rest(
                                Route.http(
                                        "UpdateFunctionConfiguration",
                                        "PUT",
                                        "/2015-03-31/functions/{FunctionName}/configuration"),
                                Shape.of(UpdateFunctionConfigurationRequest::builder),
                                (request, call) -> {
                                    requests.add(request);
                                    return UpdateFunctionConfigurationResponse.builder()
                                            .memorySize(request.memorySize())
                                            .build();
                                }),
                        rest(
                                Route.http(
                                        "GetFunctionConfiguration",
                                        "GET",
                                        "/2015-03-31/functions/{FunctionName}/configuration"),
                                Shape.of(GetFunctionConfigurationRequest::builder),
                                (request, call) -> GetFunctionConfigurationResponse.builder()
                                        .codeSize(100L)
                                        .build()),
                        rest(
                                Route.http("UntagResource", "DELETE", "/2017-03-31/tags/{Resource}"),
                                Shape.of(UntagResourceRequest::builder),
                                (request, call) -> {
                                    requests.add(request);
                                    return UntagResourceResponse.builder().build();
                                }),
                        rest(
                                Route.http("ListFunctions", "GET", "/2015-03-31/functions"),
                                Shape.of(ListFunctionsRequest::builder),
                                (request, call) -> {
                                    requests.add(request);
                                    return ListFunctionsResponse.builder().build();
                                }))
                .configure(LambdaClient.builder())
                .build();
    }

    private InvokeResponse invoke(InvokeRequest request) {
        requests.add(request);
        if (request.functionName().equals("busy")) {
            throw new ServiceFailure(new WireError(
                    "TooManyRequestsException",
                    429,
                    "Rate exceeded",
                    TooManyRequestsException.builder().retryAfterSeconds("7").build()));
        } else if (request.functionName().equals("broken")) {
            throw TestServices.error("ServiceException", 500).because("no details");
        }
        return InvokeResponse.builder()
                .statusCode(202)
                .executedVersion("42")
                .payload(SdkBytes.fromUtf8String("answer"))
                .build();
    }

    private <I> Operation<I> operation(String name, Shape<I> shape, Object response) {
        return Operation.named(name, shape, (request, call) -> {
            requests.add(request);
            return response;
        });
    }

    private static <I> Operation<I> rest(Route route, Shape<I> shape, Operation.Handler<I> handler) {
        return new Operation<>(route, shape, Set.of(), handler);
    }
}
