package dev.connector.examples.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.Mockito.mock;

import dev.connector.core.ConnectorClock;
import dev.connector.core.ConnectorListener;
import dev.connector.core.InvalidSettingsException;
import dev.connector.core.Retries;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.SessionScope;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.Srn;
import dev.connector.core.strategy.StrategyException;
import dev.connector.core.strategy.TargetNotAllowedException;
import dev.connector.strategies.sso.AccountStatus;
import dev.connector.strategies.sso.IdentityStoreGroupStrategy;
import dev.connector.strategies.sso.IdentityStoreGroupTarget;
import dev.connector.strategies.sso.PermissionSetPattern;
import dev.connector.strategies.sso.PermissionSetStrategy;
import dev.connector.strategies.sso.PermissionSetTarget;
import dev.connector.testing.Fault;
import dev.connector.testing.RecordedCall;
import dev.connector.testing.SimulatedAws;
import dev.connector.testing.SimulatedIdentityCenter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

class SsoApiTest {

    private static final String ACCOUNT = "444455556666";
    private static final String ROLE = "arn:aws:iam::111122223333:role/sym/SymSSOMain";
    private static final String INSTANCE = "arn:aws:sso:::instance/ssoins-0123456789abcdef";
    private static final String STORE = "d-0123456789";
    private static final String KEY = "arn:aws:kms:us-east-1:111122223333:key/5f3c1b0e-0000-4000-8000-000000000000";
    private static final String PERMISSION_SET =
            "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef";
    private static final String OTHER_PERMISSION_SET =
            "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-fedcba9876543210";
    private static final Map<String, String> OTHER_SETTINGS =
            Map.of("role_arn", ROLE + "Other", "instance_arn", INSTANCE, "identity_store_id", STORE);
    private static final String GROUP = "5f3c1b0e-0000-4000-8000-00000000abcd";

    private final SimulatedAws aws = SimulatedAws.create();
    private final Map<String, String> runtime = aws.runtimeConnector("main");
    private final Map<String, String> role = aws.ssoConnector("main");
    private final SimulatedIdentityCenter center = aws.identityCenter();
    private final ConnectorClock clock =
            ConnectorClock.of(aws.clock(), aws.clock()::nanos, aws.clock()::sleep, aws.clock()::await);
    private final List<String> told = new ArrayList<>();

    @Test
    void permissionSetTarget_keepsWhatItWasTold() {
        PermissionSetTarget target = PermissionSetTarget.builder(OTHER_PERMISSION_SET, "777788889999")
                .permissionSetArn(PERMISSION_SET)
                .accountId(ACCOUNT)
                .name("read-only")
                .label("Read only")
                .srn(Srn.parse("sym:target:read_only:1.0.0"))
                .build();

        assertThat(target.permissionSetArn()).isEqualTo(PERMISSION_SET);
        assertThat(target.accountId()).isEqualTo(ACCOUNT);
        assertThat(target.name()).isEqualTo("read-only");
        assertThat(target.label()).hasValue("Read only");
        assertThat(target.srn()).hasValue(Srn.parse("sym:target:read_only:1.0.0"));
        assertThat(PermissionSetTarget.of(PERMISSION_SET, ACCOUNT)).hasToString(PERMISSION_SET + " in " + ACCOUNT);
        assertThatIllegalArgumentException().isThrownBy(() -> PermissionSetTarget.of("ReadOnly", ACCOUNT));
        assertThatIllegalArgumentException().isThrownBy(() -> PermissionSetTarget.of(PERMISSION_SET, "4444"));
    }

    @Test
    void groupTarget_keepsWhatItWasTold() {
        IdentityStoreGroupTarget target = IdentityStoreGroupTarget.builder("5f3c1b0e-0000-4000-8000-000000000001")
                .groupId(GROUP)
                .name("on-call")
                .label("On call")
                .srn(Srn.parse("sym:target:on_call:1.0.0"))
                .build();

        assertThat(target.groupId()).isEqualTo(GROUP);
        assertThat(target.name()).isEqualTo("on-call");
        assertThat(target.label()).hasValue("On call");
        assertThat(target.srn()).hasValue(Srn.parse("sym:target:on_call:1.0.0"));
        assertThat(IdentityStoreGroupTarget.of(GROUP.toUpperCase(Locale.ROOT)).groupId())
                .isEqualTo(GROUP);
        assertThatIllegalArgumentException().isThrownBy(() -> IdentityStoreGroupTarget.of("OnCall"));
    }

    @Test
    void pattern_matchesWhatItNames() {
        PermissionSetPattern pattern = PermissionSetPattern.of(PERMISSION_SET, "4444*");

        assertThat(pattern.permissionSetArn()).isEqualTo(PERMISSION_SET);
        assertThat(pattern.accountId()).isEqualTo("4444*");
        assertThat(pattern.matches(PermissionSetTarget.of(PERMISSION_SET, ACCOUNT)))
                .isTrue();
        assertThat(pattern.matches(PermissionSetTarget.of(PERMISSION_SET, "777788889999")))
                .isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> PermissionSetPattern.of("ReadOnly", ACCOUNT));
    }

    @Test
    void permissionSets_areGivenAsTheStrategyWasTold() {
        String jose = center.createUser("josé");
        String readOnly = center.createPermissionSet("ReadOnly", Duration.ofHours(4));
        String retired = center.createPermissionSet("Retired", Duration.ofHours(4));
        try (RuntimeConnector connector = connector();
                PermissionSetStrategy strategy = PermissionSetStrategy.builder()
                        .connector(connector)
                        .settings(OTHER_SETTINGS)
                        .roleArn(ROLE)
                        .externalId("an-id-for-this-hop")
                        .instanceArn(center.instanceArn())
                        .identityStoreId(center.identityStoreId())
                        .kmsKeyArn(KEY)
                        .sessionScope(SessionScope.TARGET)
                        .sessionPerRequester(true)
                        .accessReads(false)
                        .settleTime(Duration.ZERO)
                        .keepWhenPriorUnknown(true)
                        .allowNonAscii(true)
                        .clock(clock)
                        .listener(listener())
                        .allowedPermissionSets(PermissionSetPattern.of(readOnly, ACCOUNT))
                        .revocablePermissionSets(PermissionSetPattern.of(retired, ACCOUNT))
                        .requestsPerSecond(10)
                        .outstandingChanges(5)
                        .reservedRevocationSlots(2)
                        .maxProvisioning(Duration.ofMinutes(20))
                        .build()) {
            Grant grant = strategy.escalate(requestOf(PermissionSetTarget.of(readOnly, ACCOUNT)));

            assertThat(grant.state()).isEqualTo(GrantState.GRANTED);
            assertThat(center.assignedUsers(readOnly, ACCOUNT)).containsExactly(jose);
            assertThat(strategy.deescalate(grant).result()).isEqualTo(Revocation.Result.KEPT_PREEXISTING);
            assertThatExceptionOfType(TargetNotAllowedException.class)
                    .isThrownBy(() -> strategy.escalate(requestOf(PermissionSetTarget.of(retired, ACCOUNT))));
            assertThat(strategy.scope()).isEqualTo(scope());
        }
        assertThat(told).contains("sso:CreateAccountAssignment");
        assertSessionIsNarrow(readOnly);
    }

    @Test
    void groups_areGivenAsTheStrategyWasTold() {
        String jose = center.createUser("josé");
        String onCall = center.createGroup("OnCall");
        String retired = center.createGroup("Retired");
        try (RuntimeConnector connector = connector();
                IdentityStoreGroupStrategy strategy = IdentityStoreGroupStrategy.builder()
                        .connector(connector)
                        .settings(OTHER_SETTINGS)
                        .roleArn(ROLE)
                        .externalId("an-id-for-this-hop")
                        .instanceArn(center.instanceArn())
                        .identityStoreId(center.identityStoreId())
                        .kmsKeyArn(KEY)
                        .sessionScope(SessionScope.TARGET)
                        .sessionPerRequester(true)
                        .accessReads(false)
                        .settleTime(Duration.ZERO)
                        .keepWhenPriorUnknown(true)
                        .allowNonAscii(true)
                        .clock(clock)
                        .listener(listener())
                        .allowedGroups(onCall)
                        .revocableGroups(retired)
                        .build()) {
            Grant grant = strategy.escalate(requestOf(IdentityStoreGroupTarget.of(onCall)));

            assertThat(grant.state()).isEqualTo(GrantState.GRANTED);
            assertThat(center.memberIds(onCall)).containsExactly(jose);
            assertThat(strategy.deescalate(grant).result()).isEqualTo(Revocation.Result.KEPT_PREEXISTING);
            assertThatExceptionOfType(TargetNotAllowedException.class)
                    .isThrownBy(() -> strategy.escalate(requestOf(IdentityStoreGroupTarget.of(retired))));
            assertThat(strategy.scope()).isEqualTo(scope());
        }
        assertThat(told).contains("identitystore:CreateGroupMembership");
        assertSessionIsNarrow(onCall);
    }

    private GrantScope scope() {
        return GrantScope.builder("aws", "111122223333")
                .roleArn(ROLE)
                .instanceArn(center.instanceArn())
                .build();
    }

    private void assertSessionIsNarrow(String target) {
        List<RecordedCall> calls = aws.calls("AssumeRole");
        Map<String, String> session = calls.get(calls.size() - 1).parameters();
        assertThat(session).containsEntry("ExternalId", "***");
        assertThat(session).extractingByKey("RoleSessionName").asString().startsWith("jos-");
        assertThat(session).extractingByKey("Policy").asString().contains(target, KEY);
    }

    @Test
    void accountStatus_saysWhyAChangeFailed() {
        String ada = center.createUser("ada");
        String readOnly = center.createPermissionSet("ReadOnly", Duration.ofHours(4));
        center.suspendAccount(ACCOUNT);
        try (RuntimeConnector connector = connector();
                PermissionSetStrategy strategy = PermissionSetStrategy.builder()
                        .connector(connector)
                        .settings(role)
                        .allowedPermissionSets(PermissionSetPattern.of(readOnly, ACCOUNT))
                        .identityResolver(requester -> Optional.of(ada))
                        .accountStatus(
                                account -> account.equals(ACCOUNT) ? AccountStatus.SUSPENDED : AccountStatus.UNKNOWN)
                        .build()) {
            assertThatExceptionOfType(StrategyException.class)
                    .isThrownBy(() -> strategy.escalate(requestOf(PermissionSetTarget.of(readOnly, ACCOUNT))))
                    .returns(StrategyException.Reason.ACCOUNT_SUSPENDED, StrategyException::reason);
        }
    }

    @Test
    void identityResolver_saysWhoItIs() {
        String ada = center.createUser("ada");
        String onCall = center.createGroup("OnCall");
        try (RuntimeConnector connector = connector();
                IdentityStoreGroupStrategy strategy = IdentityStoreGroupStrategy.builder()
                        .connector(connector)
                        .settings(role)
                        .allowedGroups(onCall)
                        .identityResolver(requester -> Optional.of(ada))
                        .build()) {
            assertThat(strategy.prepare(requestOf(IdentityStoreGroupTarget.of(onCall)))
                            .principalId())
                    .isEqualTo(ada);
        }
    }

    @Test
    void retries_areThoseThatTheStrategiesWereTold() {
        Retries once = Retries.builder().clock(clock).maxAttempts(1).build();
        try (RuntimeConnector connector = connector();
                PermissionSetStrategy permissionSets = PermissionSetStrategy.builder()
                        .connector(connector)
                        .settings(role)
                        .allowedPermissionSets(PermissionSetPattern.of(PERMISSION_SET, ACCOUNT))
                        .allowNonAscii(true)
                        .retries(once)
                        .build();
                IdentityStoreGroupStrategy groups = IdentityStoreGroupStrategy.builder()
                        .connector(connector)
                        .settings(role)
                        .allowedGroups(GROUP)
                        .allowNonAscii(true)
                        .retries(once)
                        .build()) {
            assertThrottledAtOnce(permissionSets, PermissionSetTarget.of(PERMISSION_SET, ACCOUNT));
            assertThrottledAtOnce(groups, IdentityStoreGroupTarget.of(GROUP));
        }
    }

    private <T extends AccessTarget> void assertThrottledAtOnce(AccessStrategy<T> strategy, T target) {
        aws.clearCalls();
        aws.fault("GetUserId", 1, Fault.THROTTLE);

        assertThatExceptionOfType(StrategyException.class)
                .isThrownBy(() -> strategy.prepare(requestOf(target)))
                .returns(StrategyException.Reason.THROTTLED, StrategyException::reason);
        assertThat(aws.calls("GetUserId")).hasSize(1);
    }

    @Test
    void strategies_withClients_needNoConnector() {
        GrantScope scope = GrantScope.builder("aws-cn", ACCOUNT)
                .instanceArn(INSTANCE.replace("aws", "aws-cn"))
                .build();
        try (PermissionSetStrategy permissionSets = PermissionSetStrategy.builder()
                        .ssoAdminClient(mock(SsoAdminClient.class))
                        .identityStoreClient(mock(IdentitystoreClient.class))
                        .accountId(ACCOUNT)
                        .partition("aws-cn")
                        .instanceArn(INSTANCE.replace("aws", "aws-cn"))
                        .identityStoreId(STORE)
                        .allowedPermissionSets(PermissionSetPattern.of("*", "*"))
                        .build();
                IdentityStoreGroupStrategy groups = IdentityStoreGroupStrategy.builder()
                        .ssoAdminClient(mock(SsoAdminClient.class))
                        .identityStoreClient(mock(IdentitystoreClient.class))
                        .accountId(ACCOUNT)
                        .partition("aws-cn")
                        .instanceArn(INSTANCE.replace("aws", "aws-cn"))
                        .identityStoreId(STORE)
                        .allowedGroups(GROUP)
                        .build()) {
            assertThat(permissionSets.scope()).isEqualTo(scope);
            assertThat(groups.scope()).isEqualTo(scope);
        }
    }

    @Test
    void strategies_ofWrongSettings_nameThem() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(PermissionSetStrategy.builder().settings(Map.of("cloud", "other"))::build)
                .withMessageContainingAll("cloud", "connector", "instance_arn", "allowedPermissionSets");
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(IdentityStoreGroupStrategy.builder().settings(Map.of("cloud", "other"))::build)
                .withMessageContainingAll("cloud", "connector", "instance_arn", "allowedGroups");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdentityStoreGroupStrategy.builder().allowedGroups("OnCall"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdentityStoreGroupStrategy.builder().revocableGroups("OnCall"));
    }

    @Test
    void limits_thatAwsCannotHave_areRefused() {
        assertThat(Stream.of(
                        PermissionSetStrategy.builder().requestsPerSecond(0),
                        PermissionSetStrategy.builder().outstandingChanges(0),
                        PermissionSetStrategy.builder().outstandingChanges(5).reservedRevocationSlots(5),
                        PermissionSetStrategy.builder().maxProvisioning(Duration.ofSeconds(1))))
                .allSatisfy(builder -> assertThatExceptionOfType(InvalidSettingsException.class)
                        .isThrownBy(builder::build)
                        .withMessageContaining("limits: "));
    }

    private <T extends AccessTarget> AccessRequest<T> requestOf(T target) {
        return AccessRequest.builder(Requester.of("josé"), target)
                .requestedAt(aws.clock().instant())
                .duration(Duration.ofHours(1))
                .build();
    }

    private RuntimeConnector connector() {
        return RuntimeConnector.builder()
                .settings(runtime)
                .environment("main")
                .sourceCredentials(aws.serviceCredentials())
                .httpClient(aws.httpClient())
                .clock(clock)
                .build();
    }

    private ConnectorListener listener() {
        return new ConnectorListener() {
            @Override
            public void onCall(Call call) {
                told.add(call.operation());
            }
        };
    }
}
