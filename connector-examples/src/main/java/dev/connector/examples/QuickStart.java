package dev.connector.examples;

import dev.connector.core.ConnectorClock;
import dev.connector.core.RoleAssumptionException;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.RuntimeConnectorSettings;
import dev.connector.core.TerraformOutput;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.TargetNotAllowedException;
import dev.connector.strategies.iam.IamGroupPattern;
import dev.connector.strategies.iam.IamGroupStrategy;
import dev.connector.strategies.iam.IamGroupTarget;
import dev.connector.strategies.sso.PermissionSetPattern;
import dev.connector.strategies.sso.PermissionSetStrategy;
import dev.connector.strategies.sso.PermissionSetTarget;
import dev.connector.testing.Decision;
import dev.connector.testing.RecordedCall;
import dev.connector.testing.SimulatedAws;
import dev.connector.testing.SimulatedClock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/**
 * Gives a person an IAM group and a permission set of IAM Identity Center for an hour and takes both away again, on a simulated AWS account, and shows the calls that
 * AWS receives.
 *
 * <p>The library and the SDK's clients are the real ones, and so are the settings: they come out of a file as {@code terraform output -json} writes it.
 * Only the account, the roles in it and the time are simulated; {@code --aws} does without simulating.
 */
public final class QuickStart implements AutoCloseable {

    private static final String ADA = "ada@example.com";
    private static final IamGroupTarget ON_CALL = IamGroupTarget.of("/sym/", "OnCall");
    private static final IamGroupTarget ADMINS = IamGroupTarget.of("/sym/", "Admins");
    private static final String WORKLOAD = "444455556666";

    /** What is shown where not every call is: the changes, and whether AWS has carried them out. */
    private static final Set<String> NOTABLE = Set.of(
            "RemoveUserFromGroup",
            "CreateAccountAssignment",
            "ListAccountAssignmentCreationStatus",
            "DeleteAccountAssignment",
            "ListAccountAssignmentDeletionStatus");

    private final SimulatedAws aws = SimulatedAws.builder()
            .startingAt(Instant.parse("2026-01-05T09:00:00Z"))
            .build();
    private final Screen screen;
    private final PermissionSetTarget readOnly;
    private final String terraformOutput;
    private int shown;

    private QuickStart(Screen screen) throws IOException {
        this.screen = screen;
        aws.iam().createUser(ADA);
        aws.iam().createGroup("/sym/", "OnCall");
        aws.iam().createGroup("/sym/", "Admins");
        aws.identityCenter().createUser(ADA);
        aws.identityCenter().provisioningTime(Duration.ofMillis(300));
        aws.identityCenter().provisioningSpread(0);
        readOnly = PermissionSetTarget.of(
                aws.identityCenter().createPermissionSet("ReadOnly", Duration.ofHours(1)), WORKLOAD);
        terraformOutput = terraformOutput();
    }

    /**
     * Runs the quick start on standard output. Ends with the exit code 0 if everything was as it should be, with 1 if it was not, and with 2 if the arguments
     * make no sense.
     *
     * @param args none for a simulated account; {@code --help} prints all
     */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            System.exit(start(CommandLine.parse(args), out) ? 0 : 1);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage() + " ./quickstart --help says what there is.");
            System.exit(2);
        }
    }

    static boolean start(CommandLine line, PrintStream out) {
        if (line.wantsHelp() || line.wantsDiagram()) {
            out.print(line.wantsHelp() ? CommandLine.HELP : diagram());
            return true;
        }
        boolean colour = Screen.wantsColour(Boolean.getBoolean("quickstart.terminal"), System.getenv());
        return line.isOnRealAccount()
                ? new RealAccount(line, new Screen(out, colour), Path.of("")).run()
                : run(out, colour);
    }

    /**
     * Runs the quick start without printing.
     *
     * @return all calls that AWS receives, as a sequence diagram in Mermaid's language
     * @throws IllegalStateException if not everything was as it should be
     */
    public static String diagram() {
        PrintStream nobody = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        StringBuilder diagram = new StringBuilder();
        if (!run(nobody, false, account -> {}, account -> diagram.append(account.toMermaid()))) {
            throw new IllegalStateException("The quick start did not go as it should. Run it to see where.");
        }
        return diagram.toString();
    }

    /**
     * Runs the quick start.
     *
     * @param out where to print
     * @param colour whether in colour
     * @return whether everything was as it should be
     */
    public static boolean run(PrintStream out, boolean colour) {
        return run(out, colour, account -> {});
    }

    /** As {@link #run(PrintStream, boolean)}, in an account to which something was done before. */
    static boolean run(PrintStream out, boolean colour, Consumer<SimulatedAws> before) {
        return run(out, colour, before, account -> {});
    }

    private static boolean run(
            PrintStream out, boolean colour, Consumer<SimulatedAws> before, Consumer<SimulatedAws> after) {
        Screen screen = new Screen(out, colour);
        try (QuickStart quickStart = new QuickStart(screen)) {
            before.accept(quickStart.aws);
            quickStart.showAll();
            after.accept(quickStart.aws);
        } catch (IOException | RuntimeException failed) {
            screen.failure(failed);
        }
        screen.end("All of it went as it should.", "Something went wrong.");
        return screen.asExpected();
    }

    private void showAll() {
        screen.title(
                "Connectors for AWS: ada gets an IAM group and a permission set for an hour, and loses both again.");
        screen.text(
                "service's own key ── External ID ──▶ SymRuntimeMain ──▶ SymIAMMain or SymSSOMain ──▶ what ada asks for");
        screen.text(
                "Account and time are simulated. A line with a time is one call that AWS received, and what AWS decided.");
        noStandingPower();
        try (RuntimeConnector connector = connector().build();
                IamGroupStrategy groups = groups(connector);
                PermissionSetStrategy permissionSets = permissionSets(connector)) {
            Grant group = escalate(groups);
            Grant permissionSet = escalate(permissionSets);
            aws.clock().advance(Duration.between(aws.clock().instant(), permissionSet.endsAt()));
            deescalate(groups.deescalate(group), permissionSets.deescalate(permissionSet));
            targetThatIsNotAllowed(groups);
        }
        wrongExternalId();
    }

    private void noStandingPower() {
        screen.step(1, "The service's own key has no standing power. All that it may do is assume the runtime role.");
        try (IamClient iam = aws.configure(IamClient.builder()).build();
                StsClient sts = aws.configure(StsClient.builder()).build()) {
            AddUserToGroupRequest add = AddUserToGroupRequest.builder()
                    .groupName(ON_CALL.groupName())
                    .userName(ADA)
                    .build();
            AssumeRoleRequest assume = AssumeRoleRequest.builder()
                    .roleArn(iamSettings().get("role_arn"))
                    .roleSessionName("service")
                    .build();
            boolean addDenied = isDenied(() -> iam.addUserToGroup(add));
            boolean assumeDenied = isDenied(() -> sts.assumeRole(assume));
            showCalls();
            screen.check(
                    addDenied && assumeDenied && members().isEmpty(),
                    "It can neither change the group, nor take the role that can.");
        }
    }

    private Grant escalate(IamGroupStrategy strategy) {
        screen.step(2, ADA + " asks for the IAM group /sym/OnCall for an hour, because of INC-42.");
        screen.code("Grant group = groups.escalate(request);    // prepare, then resume");
        Grant grant = strategy.escalate(request(ON_CALL));
        showCalls();
        screen.check(
                grant.prior() == Prior.ABSENT && grant.confirmed() && members().equals(Set.of(ADA)),
                "Granted until " + Screen.time(grant.endsAt()) + ", seen by a read. Members of OnCall: "
                        + String.join(", ", members()));
        return grant;
    }

    private Grant escalate(PermissionSetStrategy strategy) {
        screen.step(
                3,
                "And for the permission set ReadOnly in " + WORKLOAD + ". AWS accepts it at once, and makes it later.");
        Grant grant = strategy.escalate(request(readOnly));
        showNotableCalls("who ada is, and what she had before");
        screen.check(
                grant.prior() == Prior.ABSENT && isAssigned(),
                "Granted until " + Screen.time(grant.endsAt())
                        + ": when AWS had made it, not when it had accepted it.");
        return grant;
    }

    private void deescalate(Revocation group, Revocation permissionSet) {
        screen.step(4, "An hour later the sessions are over, too. New ones are opened, and both are taken away.");
        screen.code("groups.deescalate(group);  permissionSets.deescalate(permissionSet);");
        showNotableCalls("new sessions, who ada is, and what is left");
        screen.check(
                group.result() == Revocation.Result.REVOKED
                        && group.confirmed()
                        && members().isEmpty(),
                "Revoked, seen by a read. Members of OnCall: none");
        screen.check(
                permissionSet.result() == Revocation.Result.REVOKED && permissionSet.confirmed() && !isAssigned(),
                "Revoked, seen by a read. Sessions of ReadOnly that ada has begun may last until "
                        + permissionSet.remaining().stream()
                                .flatMap(remaining -> remaining.until().stream())
                                .map(Screen::time)
                                .collect(Collectors.joining()));
    }

    private void targetThatIsNotAllowed(IamGroupStrategy strategy) {
        screen.step(5, "A group that is not on the strategy's list is refused before AWS is called.");
        try {
            strategy.escalate(request(ADMINS));
            screen.check(false, "The group /sym/Admins is refused.");
        } catch (TargetNotAllowedException refused) {
            screen.message(refused, 2);
            screen.check(newCalls().isEmpty(), newCalls().size() + " calls.");
        }
    }

    private void wrongExternalId() {
        screen.step(6, "Without the right External ID, AWS does not let even the service in.");
        try (RuntimeConnector connector = connector().externalId("a-guess").build();
                IamGroupStrategy strategy = groups(connector)) {
            strategy.escalate(request(ON_CALL));
            screen.check(false, "A wrong External ID is refused.");
        } catch (RoleAssumptionException denied) {
            showCalls();
            screen.message(denied, 2);
            screen.check(
                    denied.reason() == RoleAssumptionException.Reason.DENIED
                            && members().isEmpty(),
                    "Nobody got in.");
        }
    }

    private RuntimeConnector.Builder connector() {
        return RuntimeConnector.builder()
                .settings(RuntimeConnectorSettings.fromTerraformOutput(terraformOutput, "runtime_connector"))
                .environment("main")
                .sourceCredentials(aws.serviceCredentials())
                .httpClient(aws.httpClient())
                .clock(clock());
    }

    private IamGroupStrategy groups(RuntimeConnector connector) {
        return IamGroupStrategy.builder()
                .connector(connector)
                .settings(iamSettings())
                .allowedGroups(IamGroupPattern.of("/sym/", "OnCall"))
                .build();
    }

    private PermissionSetStrategy permissionSets(RuntimeConnector connector) {
        return PermissionSetStrategy.builder()
                .connector(connector)
                .settings(TerraformOutput.read(terraformOutput, "sso_connector"))
                .allowedPermissionSets(PermissionSetPattern.of(readOnly.permissionSetArn(), WORKLOAD))
                .build();
    }

    private <T extends AccessTarget> AccessRequest<T> request(T target) {
        return AccessRequest.builder(Requester.of(ADA), target)
                .reason("INC-42")
                .duration(Duration.ofHours(1))
                .requestedAt(aws.clock().instant())
                .build();
    }

    private ConnectorClock clock() {
        SimulatedClock clock = aws.clock();
        return ConnectorClock.of(clock, clock::nanos, clock::sleep, clock::await);
    }

    private String terraformOutput() throws IOException {
        Map<String, String> runtime = aws.runtimeConnector("main");
        Map<String, String> iam = aws.iamConnector("main");
        Map<String, String> sso = aws.ssoConnector("main");
        aws.iam().putRolePolicy("SymIAMMain", "look-at-groups", """
                {"Version": "2012-10-17", "Statement": {
                    "Effect": "Allow", "Action": "iam:GetGroup", "Resource": "arn:aws:iam::*:group/sym/*"}}
                """);
        Path file = Files.createTempFile("terraform-output", ".json");
        try {
            TerraformFile.write(file, Map.of("runtime_connector", runtime, "iam_connector", iam, "sso_connector", sso));
            return Files.readString(file);
        } finally {
            Files.delete(file);
        }
    }

    private Map<String, String> iamSettings() {
        return TerraformOutput.read(terraformOutput, "iam_connector");
    }

    private Set<String> members() {
        return aws.iam().members(ON_CALL.groupName());
    }

    private boolean isAssigned() {
        return !aws.identityCenter()
                .assignedUsers(readOnly.permissionSetArn(), WORKLOAD)
                .isEmpty();
    }

    private void showNotableCalls(String others) {
        List<RecordedCall> calls = newCalls();
        List<RecordedCall> notable = calls.stream()
                .filter(call -> NOTABLE.contains(call.operation()))
                .toList();
        screen.calls(notable);
        screen.text("   and " + (calls.size() - notable.size()) + " calls more: " + others + ".");
        shown += calls.size();
    }

    private void showCalls() {
        List<RecordedCall> calls = newCalls();
        screen.calls(calls);
        shown += calls.size();
    }

    private List<RecordedCall> newCalls() {
        List<RecordedCall> all = aws.calls();
        return all.subList(shown, all.size());
    }

    private boolean isDenied(Runnable call) {
        try {
            call.run();
            return false;
        } catch (AwsServiceException refused) {
            return aws.calls().get(aws.calls().size() - 1).decision() == Decision.DENIED;
        }
    }

    @Override
    public void close() {
        aws.close();
    }
}
