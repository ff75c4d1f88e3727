package dev.connector.testing;

import static dev.connector.testing.Samples.allow;
import static dev.connector.testing.Samples.assumeRole;
import static dev.connector.testing.Samples.deny;
import static dev.connector.testing.Samples.statement;
import static dev.connector.testing.Samples.trust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.sts.model.PackedPolicyTooLargeException;
import software.amazon.awssdk.services.sts.model.PolicyDescriptorType;
import software.amazon.awssdk.services.sts.model.ProvidedContext;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.services.sts.model.Tag;

class AssumeRoleTest {

    private static final String OTHER_ACCOUNT = "444455556666";
    private static final String SERVICE = "arn:aws:iam::111122223333:user/service";
    private static final String TAGGING = "\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"%s\"}, \"Action\":"
            + " [\"sts:AssumeRole\", \"sts:TagSession\", \"sts:SetSourceIdentity\"]";

    private final SimulatedAws aws = SimulatedAws.create();
    private final StsClient sts = Samples.sts(aws);

    @Test
    void assumeRole_whenTrusted_answersWithASession() {
        String role = role("Worker", trust(SERVICE));

        AssumeRoleResponse response = sts.assumeRole(assumeRole(role).build());

        assertThat(response.credentials().accessKeyId()).startsWith("ASIA").hasSize(20);
        assertThat(response.credentials().expiration()).isEqualTo(Instant.parse("2026-01-01T01:00:00Z"));
        assertThat(response.assumedRoleUser().arn())
                .isEqualTo("arn:aws:sts::111122223333:assumed-role/Worker/test-session");
        assertThat(response.assumedRoleUser().assumedRoleId())
                .startsWith("AROA")
                .endsWith(":test-session");
        assertThat(response.packedPolicySize()).isZero();
        assertThat(response.sourceIdentity()).isNull();
        assertThat(response.responseMetadata().requestId())
                .isEqualTo(aws.calls().get(0).requestId());
    }

    @Test
    void assumeRole_whenTheClockHasNanoseconds_cutsTheExpirationToMilliseconds() {
        String role = role("Worker", trust(SERVICE));
        aws.clock().set(Instant.parse("2026-03-04T05:06:07.123456789Z"));

        assertThat(sts.assumeRole(assumeRole(role).build()).credentials().expiration())
                .isEqualTo(Instant.parse("2026-03-04T06:06:07.123Z"));
    }

    @Test
    void getCallerIdentity_asUserAndAsSession_saysWhoCalls() {
        String role = role("Worker", trust(SERVICE));
        StsClient session =
                Samples.sts(aws, Samples.assume(sts, assumeRole(role).build()));

        assertThat(sts.getCallerIdentity().arn()).isEqualTo(SERVICE);
        assertThat(sts.getCallerIdentity().userId()).startsWith("AIDA").hasSize(21);
        assertThat(session.getCallerIdentity().arn())
                .isEqualTo("arn:aws:sts::111122223333:assumed-role/Worker/test-session");
        assertThat(session.getCallerIdentity().account()).isEqualTo("111122223333");
        assertThat(session.getCallerIdentity().userId()).startsWith("AROA").endsWith(":test-session");
    }

    @Test
    void assumeRole_whenTheRoleIsMissing_isRefusedLikeOneThatDoesNotTrust() {
        String strict = role("Strict", trust("arn:aws:iam::111122223333:user/somebody"));
        String missing = strict.replace("Strict", "Absent");

        assertDenied(() -> sts.assumeRole(assumeRole(strict).build()), "sts:AssumeRole", strict);
        assertDenied(() -> sts.assumeRole(assumeRole(missing).build()), "sts:AssumeRole", missing);
        assertDenied(
                () -> sts.assumeRole(
                        assumeRole("arn:aws:iam::999999999999:role/Absent").build()),
                "sts:AssumeRole",
                "arn:aws:iam::999999999999:role/Absent");
    }

    @Test
    void assumeRole_inOneAccount_needsNoPolicyWhereTheTrustNamesTheCaller() {
        AwsCredentialsProvider poor = user("poor");
        String named = role("Named", trust("arn:aws:iam::111122223333:user/poor"));
        String everybody = role("Everybody", trust("*"));
        String account = role("Account", trust("arn:aws:iam::111122223333:root"));
        StsClient client = Samples.sts(aws, poor);

        client.assumeRole(assumeRole(named).build());
        client.assumeRole(assumeRole(everybody).build());
        assertDenied(() -> client.assumeRole(assumeRole(account).build()), "sts:AssumeRole", account);

        aws.iam().putUserPolicy("poor", "assume", allow("sts:AssumeRole", account));
        client.assumeRole(assumeRole(account).build());
    }

    @Test
    void assumeRole_whenTheCallersOwnPolicyDenies_isRefusedThoughTrusted() {
        AwsCredentialsProvider barred = user("barred");
        String named = role("Named", trust("arn:aws:iam::111122223333:user/barred"));
        aws.iam().putUserPolicy("barred", "never", deny("sts:*", "*"));

        assertDenied(() -> Samples.sts(aws, barred).assumeRole(assumeRole(named).build()), "sts:AssumeRole", named);
    }

    @Test
    void assumeRole_whenTheTrustDeniesTheCaller_isRefused() {
        String role = role(
                "Torn",
                "{\"Version\": \"2012-10-17\", \"Statement\": ["
                        + "{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"sts:AssumeRole\"},"
                        + "{\"Effect\": \"Deny\", \"Principal\": {\"AWS\": \"" + SERVICE + "\"},"
                        + " \"Action\": \"sts:*\"}]}");

        assertDenied(() -> sts.assumeRole(assumeRole(role).build()), "sts:AssumeRole", role);
    }

    @Test
    void assumeRole_acrossAccounts_needsTrustAndTheCallersOwnPolicy() {
        String named = "arn:aws:iam::111122223333:user/poor";
        AwsCredentialsProvider poor = user("poor");
        String foreign = aws.iam(OTHER_ACCOUNT).createRole("/sym/", "Foreign", trust(named));
        String closed = aws.iam(OTHER_ACCOUNT).createRole("/sym/", "Closed", trust(OTHER_ACCOUNT));
        StsClient client = Samples.sts(aws, poor);

        assertDenied(() -> client.assumeRole(assumeRole(foreign).build()), "sts:AssumeRole", foreign);
        aws.iam().putUserPolicy("poor", "assume", allow("sts:AssumeRole", "*"));
        assertDenied(() -> client.assumeRole(assumeRole(closed).build()), "sts:AssumeRole", closed);

        assertThat(client.assumeRole(assumeRole(foreign).build())
                        .assumedRoleUser()
                        .arn())
                .isEqualTo("arn:aws:sts::" + OTHER_ACCOUNT + ":assumed-role/Foreign/test-session");
    }

    @Test
    void assumeRole_whenTheCallersSessionHasAPolicy_mustBeAllowedByItUnlessTheTrustNamesTheSession() {
        String first = role("First", trust(SERVICE), allow("sts:AssumeRole", "*"));
        String second = role("Second", trust(first));
        String third = role("Third", trust("arn:aws:sts::111122223333:assumed-role/First/test-session"));
        StsClient narrow = Samples.sts(
                aws,
                Samples.assume(
                        sts, assumeRole(first).policy(allow("iam:GetUser", "*")).build()));

        assertDenied(() -> narrow.assumeRole(assumeRole(second).build()), "sts:AssumeRole", second);
        narrow.assumeRole(assumeRole(third).build());
    }

    @Test
    void runtimeConnector_withASafelist_reachesRolesUnderThePathOfTheseAccountsOnly() {
        var runtime = aws.runtimeConnector("prod", List.of(OTHER_ACCOUNT));
        String runtimeRole = Samples.role(runtime);
        String inside = aws.iam(OTHER_ACCOUNT).createRole("/sym/", "SymIAMProd", trust(runtimeRole));
        String outside = aws.iam(OTHER_ACCOUNT).createRole("/", "Other", trust(runtimeRole));
        StsClient client = Samples.sts(aws, Samples.assumeRuntime(aws, runtime));

        client.assumeRole(assumeRole(inside).build());
        assertDenied(() -> client.assumeRole(assumeRole(outside).build()), "sts:AssumeRole", outside);
    }

    @Test
    @AwsFact(1)
    void assumeRole_fromASession_lastsAnHourAtMost() {
        String first = role("First", trust(SERVICE), allow("sts:AssumeRole", "*"));
        String second = role("Second", trust(first));
        aws.iam().maxSessionDuration("Second", Duration.ofHours(12));
        StsClient chained =
                Samples.sts(aws, Samples.assume(sts, assumeRole(first).build()));

        assertThatThrownBy(() -> chained.assumeRole(
                        assumeRole(second).durationSeconds(3601).build()))
                .isInstanceOfSatisfying(StsException.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationError");
                    assertThat(e.awsErrorDetails().errorMessage())
                            .isEqualTo(
                                    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed"
                                            + " by role chaining");
                });
        chained.assumeRole(assumeRole(second).durationSeconds(3600).build());
    }

    @Test
    @AwsFact(1)
    void assumeRole_fromCredentialsOfARole_isChainedToo() {
        String first = role("First", trust(SERVICE), allow("sts:AssumeRole", "*"));
        String second = role("Second", trust(first));
        aws.iam().maxSessionDuration("Second", Duration.ofHours(12));

        assertThatThrownBy(() -> Samples.sts(aws, aws.credentialsOf(first))
                        .assumeRole(assumeRole(second).durationSeconds(7200).build()))
                .hasMessageContaining("role chaining");
    }

    @Test
    @AwsFact(1)
    void assumeRole_withADuration_isBoundByTheServiceAndByTheRole() {
        String role = role("Worker", trust(SERVICE));

        assertInvalid(request -> request.durationSeconds(899), "greater than or equal to 900");
        assertInvalid(request -> request.durationSeconds(43_201), "less than or equal to 43200");
        assertThatThrownBy(() ->
                        sts.assumeRole(assumeRole(role).durationSeconds(3601).build()))
                .hasMessageContaining("exceeds the MaxSessionDuration set for this role");
        aws.iam().maxSessionDuration("Worker", Duration.ofHours(12));
        assertThat(sts.assumeRole(assumeRole(role).durationSeconds(43_200).build())
                        .credentials()
                        .expiration())
                .isEqualTo(Instant.parse("2026-01-01T12:00:00Z"));
    }

    @ParameterizedTest
    @AwsFact(2)
    @ValueSource(strings = {"a", "with space", "slash/y", "colon:y", "ünïcode"})
    void assumeRole_withASessionNameOrSourceIdentityOutsideOfTheAlphabet_isAValidationError(String name) {
        assertInvalid(request -> request.roleSessionName(name), "roleSessionName");
        assertInvalid(request -> request.sourceIdentity(name), "sourceIdentity");
    }

    @ParameterizedTest
    @AwsFact(2)
    @ValueSource(strings = {"a", "with space", "semicolon;", "star*"})
    void assumeRole_withAnExternalIdOutsideOfTheAlphabet_isAValidationError(String externalId) {
        assertInvalid(request -> request.externalId(externalId), "externalId");
    }

    @Test
    @AwsFact(2)
    void assumeRole_atTheLimitsOfTheAlphabets_isAccepted() {
        String role = role("Worker", trust(SERVICE));

        sts.assumeRole(assumeRole(role)
                .roleSessionName("a_+=,.@-" + "z".repeat(56))
                .externalId("_+=,.@:/-" + "z".repeat(1215))
                .build());
        assertInvalid(request -> request.roleSessionName("z".repeat(65)), "less than or equal to 64");
        assertInvalid(request -> request.externalId("z".repeat(1225)), "less than or equal to 1224");
    }

    @Test
    void assumeRole_withSeveralFaults_namesThemAll() {
        assertThatThrownBy(() -> sts.assumeRole(request -> request.durationSeconds(1)))
                .hasMessageContaining("3 validation errors detected")
                .hasMessageContaining("Value null at 'roleArn'")
                .hasMessageContaining("Value null at 'roleSessionName'")
                .hasMessageContaining("Value '1' at 'durationSeconds'");
        assertInvalid(request -> request.roleArn("arn:aws:s3:::bucket-of-mine"), "is invalid");
    }

    @Test
    @AwsFact(67)
    void assumeRole_withAPolicyOverItsLength_isAValidationError() {
        String groups = IntStream.range(0, 30)
                .mapToObj(i -> "\"arn:aws:iam::111122223333:group/sym/Group-number-%02d\"".formatted(i))
                .collect(Collectors.joining(","));
        String fits = statement(
                "\"Effect\":\"Allow\",\"Action\":[\"iam:AddUserToGroup\",\"iam:RemoveUserFromGroup\"],\"Resource\":["
                        + groups + "]");
        String role = role("Worker", trust(SERVICE));

        assertThat(fits.length()).isBetween(1_700, 2_048);
        sts.assumeRole(assumeRole(role).policy(fits).build());
        assertInvalid(
                request -> request.policy(fits + " ".repeat(2_049 - fits.length())), "less than or equal to 2048");
    }

    @Test
    @AwsFact({3, 67})
    void assumeRole_whenThePackedPolicyIsTooLarge_isRefusedThoughItsLengthIsInRange() {
        String role = role("Worker", trust(SERVICE));
        String policy = allow("iam:GetUser", "*");

        assertThat(sts.assumeRole(assumeRole(role).policy(policy).build()).packedPolicySize())
                .isEqualTo((int) Math.ceil(100.0 * policy.length() / 4096));
        aws.packedPolicyLimit(policy.length() - 1);

        assertThatThrownBy(() -> sts.assumeRole(assumeRole(role).policy(policy).build()))
                .isInstanceOf(PackedPolicyTooLargeException.class);
        aws.packedPolicyLimit(policy.length());
        assertThat(sts.assumeRole(assumeRole(role).policy(policy).build()).packedPolicySize())
                .isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "{}",
                "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"iam:GetUser\","
                        + " \"Resource\": \"*\", \"Condition\": {\"StringResembles\": {\"aws:userid\": \"x\"}}}]}"
            })
    void assumeRole_withAMalformedPolicy_isRefused(String policy) {
        String role = role("Worker", trust(SERVICE));

        assertThatThrownBy(() -> sts.assumeRole(assumeRole(role).policy(policy).build()))
                .isInstanceOf(MalformedPolicyDocumentException.class);
    }

    @Test
    void assumeRole_withParametersThatAreNotSimulated_isRefusedLoudly() {
        String role = role("Worker", trust(SERVICE));

        for (var change : List.<Consumer<AssumeRoleRequest.Builder>>of(
                request -> request.policyArns(PolicyDescriptorType.builder()
                        .arn("arn:aws:iam::aws:policy/ReadOnlyAccess")
                        .build()),
                request -> request.providedContexts(ProvidedContext.builder()
                        .providerArn("arn:aws:iam::aws:contextProvider/x")
                        .build()),
                request -> request.serialNumber("123456789"),
                request -> request.tokenCode("123456"))) {
            assertThatThrownBy(() -> sts.assumeRole(
                            assumeRole(role).applyMutation(change).build()))
                    .isInstanceOfSatisfying(
                            StsException.class,
                            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("NotSimulated"));
        }
        assertThat(aws.calls()).allMatch(call -> call.decision() == Decision.NOT_SIMULATED);
    }

    @Test
    @AwsFact(3)
    void assumeRole_withTags_isBoundByNumberLengthAndUniqueness() {
        Tag[] many = IntStream.range(0, 51).mapToObj(i -> tag("k" + i, "v")).toArray(Tag[]::new);

        assertInvalid(request -> request.tags(many), "'tags'");
        assertInvalid(request -> request.tags(tag("k".repeat(129), "v")), "less than or equal to 128");
        assertInvalid(request -> request.tags(tag("k", "v".repeat(257))), "less than or equal to 256");
        assertInvalid(request -> request.tags(tag("k", "v"), tag("K", "v")), "Duplicate tag keys");
        assertInvalid(request -> request.tags(tag("k", "v")).transitiveTagKeys("other"), "transitive");
    }

    @Test
    @AwsFact({3, 4})
    void assumeRole_withTags_needsTagSessionInTheTrust() {
        String plain = role("Plain", trust(SERVICE));
        String tagging = role("Tagging", statement(TAGGING.formatted(SERVICE)));

        assertDenied(
                () -> sts.assumeRole(assumeRole(plain).tags(tag("team", "blue")).build()), "sts:TagSession", plain);
        assertThat(sts.assumeRole(assumeRole(tagging).tags(tag("team", "blue")).build())
                        .packedPolicySize())
                .isEqualTo(1);
    }

    @Test
    @AwsFact({3, 4})
    void assumeRole_fromASessionWithTags_takesOnlyTheTransitiveOnesAlong() {
        String first = role("First", statement(TAGGING.formatted(SERVICE)), allow("sts:*", "*"));
        String plain = role("Plain", trust(first));
        String blueOnly = role(
                "BlueOnly",
                statement(TAGGING.formatted(first)
                        + ", \"Condition\": {\"StringEquals\": {\"aws:RequestTag/team\": \"blue\"}}"));
        StsClient passing =
                chained(first, request -> request.tags(tag("team", "blue")).transitiveTagKeys("team"));
        StsClient keeping = chained(first, request -> request.tags(tag("team", "blue")));

        passing.assumeRole(assumeRole(blueOnly).build());
        assertDenied(() -> passing.assumeRole(assumeRole(plain).build()), "sts:TagSession", plain);
        keeping.assumeRole(assumeRole(plain).build());
        assertDenied(() -> keeping.assumeRole(assumeRole(blueOnly).build()), "sts:AssumeRole", blueOnly);
    }

    @Test
    @AwsFact(4)
    void assumeRole_withASourceIdentity_keepsItAlongTheChain() {
        String first = role("First", statement(TAGGING.formatted(SERVICE)), allow("sts:*", "*"));
        String second = role("Second", statement(TAGGING.formatted(first)));
        String plain = role("Plain", trust(first));
        StsClient ada = chained(first, request -> request.sourceIdentity("ada"));

        assertThat(ada.assumeRole(assumeRole(second).build()).sourceIdentity()).isEqualTo("ada");
        assertThat(ada.assumeRole(assumeRole(second).sourceIdentity("ada").build())
                        .sourceIdentity())
                .isEqualTo("ada");
        assertDenied(
                () -> ada.assumeRole(assumeRole(second).sourceIdentity("bob").build()),
                "sts:SetSourceIdentity",
                second);
        assertDenied(() -> ada.assumeRole(assumeRole(plain).build()), "sts:SetSourceIdentity", plain);
    }

    @ParameterizedTest
    @CsvSource({
        "cn-north-1, arn:aws-cn:iam::111122223333:role/sym/SymRuntimeMain",
        "us-gov-west-1, arn:aws-us-gov:iam::111122223333:role/sym/SymRuntimeMain"
    })
    void runtimeConnector_inAnotherPartition_hasItsArns(String region, String roleArn) {
        SimulatedAws other = SimulatedAws.builder().region(Region.of(region)).build();
        var runtime = other.runtimeConnector("main");

        assertThat(runtime).containsEntry("role_arn", roleArn).containsEntry("region", region);
        Samples.assumeRuntime(other, runtime);
    }

    private StsClient chained(String role, Consumer<AssumeRoleRequest.Builder> change) {
        return Samples.sts(
                aws, Samples.assume(sts, assumeRole(role).applyMutation(change).build()));
    }

    private String role(String name, String trust, String... policies) {
        return aws.iam().createRole("/", name, trust, policies);
    }

    private AwsCredentialsProvider user(String name) {
        aws.iam().createUser(name);
        return aws.credentialsOf("arn:aws:iam::111122223333:user/" + name);
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private void assertInvalid(Consumer<AssumeRoleRequest.Builder> change, String message) {
        AssumeRoleRequest request = assumeRole("arn:aws:iam::111122223333:role/Worker")
                .applyMutation(change)
                .build();
        assertThatThrownBy(() -> sts.assumeRole(request)).isInstanceOfSatisfying(StsException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationError");
            assertThat(e.statusCode()).isEqualTo(400);
            assertThat(e.awsErrorDetails().errorMessage()).contains(message);
        });
    }

    private static void assertDenied(ThrowingCallable call, String action, String resource) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StsException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
            assertThat(e.statusCode()).isEqualTo(403);
            assertThat(e.awsErrorDetails().errorMessage())
                    .endsWith("is not authorized to perform: " + action + " on resource: " + resource);
        });
    }
}
