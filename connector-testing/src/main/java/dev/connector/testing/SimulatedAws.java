package dev.connector.testing;

import dev.connector.testing.internal.iam.Account;
import dev.connector.testing.internal.iam.Accounts;
import dev.connector.testing.internal.iam.IamService;
import dev.connector.testing.internal.identity.Credential;
import dev.connector.testing.internal.identity.Credentials;
import dev.connector.testing.internal.identity.Identity;
import dev.connector.testing.internal.identity.Ids;
import dev.connector.testing.internal.identitycenter.IdentityCenter;
import dev.connector.testing.internal.identitycenter.IdentityStoreService;
import dev.connector.testing.internal.identitycenter.SsoAdminService;
import dev.connector.testing.internal.server.Authorizer;
import dev.connector.testing.internal.server.CallRecord;
import dev.connector.testing.internal.server.LoopbackServers;
import dev.connector.testing.internal.server.Printable;
import dev.connector.testing.internal.server.ReadSettings;
import dev.connector.testing.internal.server.SequenceDiagram;
import dev.connector.testing.internal.server.ServiceDefinition;
import dev.connector.testing.internal.server.SimulatedHttpClient;
import dev.connector.testing.internal.server.Simulator;
import dev.connector.testing.internal.sts.StsService;
import dev.connector.testing.internal.time.VirtualTime;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * AWS as the connectors see it, in process, under the SDK's real clients: STS, IAM and IAM Identity Center, with their wire
 * formats, their authorisation, their quotas and their silences. {@link #serve} lets clients in other processes in, too.
 *
 * <pre>{@code
 * try (SimulatedAws aws = SimulatedAws.create()) {
 *     Map<String, String> runtime = aws.runtimeConnector("main");
 *     Map<String, String> connector = aws.iamConnector("main");
 *     aws.iam().createGroup("/sym/", "OnCall");
 *     aws.iam().createUser("ada");
 *     StsClient sts = aws.configure(StsClient.builder()).build();
 *     ...
 *     assertThat(aws.iam().members("OnCall")).containsExactly("ada");
 * }
 * }</pre>
 *
 * <p>Each request must be signed with a key that came from here; what its user, its role and its session's policy may do is
 * decided as AWS documents it. The signature itself is not checked. An operation that is not simulated answers with an error
 * {@code NotSimulated}, never with a success.
 *
 * <p><b>Does not</b> know managed policies, policies of groups, permission boundaries and policies of an organization, nor in
 * policies {@code NotPrincipal}, variables, and condition operators other than those on strings, ARNs and booleans: whatever of
 * that can be written in a policy is refused when it arrives. It does not check that the users and roles which a trust policy
 * names are there. What AWS authorises on when the name of a group or user stands for
 * nothing is not documented; here a caller who may do it to some group or user learns that there is none of that name.
 *
 * <p>The SDK's modules {@code sts}, {@code iam}, {@code ssoadmin} and {@code identitystore} are optional dependencies: each is needed by those who call that service, and
 * by nobody else.
 *
 * <p>The time is {@link #clock()}'s. Ids, keys, external IDs and request ids come from the seed, so that two simulations with
 * the same calls are the same. {@link #run} makes the calls of several threads the same, too.
 *
 * <p>Thread-safe; requests are answered one at a time, but may be under way together.
 */
public final class SimulatedAws implements AutoCloseable {

    private static final int DEFAULT_PACKED_LIMIT = 4_096;
    private static final String SERVICE_USER = "service";
    private static final String SERVICE_POLICY = """
            {"Version": "2012-10-17", "Statement": [{
                "Effect": "Allow", "Action": ["sts:AssumeRole", "sts:GetCallerIdentity"], "Resource": "*"}]}
            """;

    private final Map<String, AwsCredentialsProvider> longLived = new HashMap<>();
    private final String accountId;
    private final Region region;
    private final VirtualTime time;
    private final SimulatedClock clock;
    private final Ids ids;
    private final Accounts accounts;
    private final IdentityCenter identityCenter;
    private final Credentials credentials;
    private final Simulator simulator;
    private final LoopbackServers servers;
    // Both are read and written under the simulator's lock.
    private ReadSettings reads = ReadSettings.DEFAULT;
    private int packedLimit = DEFAULT_PACKED_LIMIT;

    private SimulatedAws(Builder builder) {
        accountId = builder.accountId;
        region = builder.region;
        SplittableRandom random = new SplittableRandom(builder.seed);
        time = new VirtualTime(builder.start, random.split());
        clock = new SimulatedClock(time);
        ids = new Ids(builder.seed);
        accounts = new Accounts(partition(), clock, ids);
        identityCenter = new IdentityCenter(partition(), accountId, clock, builder.seed);
        credentials = new Credentials(ids);
        Authorizer authorizer = new Authorizer(accounts);
        simulator = new Simulator(
                services(authorizer), time, credentials, authorizer, new Ids(~builder.seed), random.split());
        servers = new LoopbackServers(simulator);
        account().createUser("/", SERVICE_USER);
        account().putUserPolicy(SERVICE_USER, "AssumeRole", SERVICE_POLICY);
    }

    /**
     * A simulation with all defaults.
     *
     * @return a new one, which shares nothing with any other
     */
    public static SimulatedAws create() {
        return builder().build();
    }

    /**
     * Starts with the account {@code 111122223333}, the Region {@code us-east-1}, the time 2026-01-01T00:00:00Z and the seed 1.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The HTTP client that leads here, for clients that {@link #configure} is not for.
     *
     * @return a client that any number of the SDK's clients may share; closing it does nothing
     */
    public SdkHttpClient httpClient() {
        return new SimulatedHttpClient(simulator);
    }

    /**
     * Answers HTTP requests on this machine, for clients in other processes and languages: the AWS CLI, boto3, or a service under test that takes its endpoint
     * from {@code AWS_ENDPOINT_URL}. Whatever such a client calls is answered, recorded and broken as calls from this process are. Only
     * this machine reaches it. A request whose {@code Host} header does not name this machine and the port is refused, so that no web
     * page can reach it under a name of its own.
     *
     * <pre>{@code
     * try (SimulatedAws aws = SimulatedAws.builder().startingAt(Instant.now()).build()) {
     *     URI endpoint = aws.serve(0);
     *     // AWS_ENDPOINT_URL=<endpoint> AWS_DEFAULT_REGION=us-east-1 aws sts get-caller-identity, with the keys of serviceCredentials()
     * }
     * }</pre>
     *
     * <p>The {@link #clock()} stands still as ever. A client that looks at the end of its session by its own clock finds it over, unless the simulation
     * {@linkplain Builder#startingAt starts} at the present time. As long as a {@link #run run} is on, what would wait on the clock (latency, a
     * slow call) is answered with the HTTP status 503. It ends with {@link #close()}; its threads keep no process alive.
     *
     * @param port where to listen, from 1 to 65,535, or 0 for any port that is free
     * @return the endpoint, such as {@code http://127.0.0.1:4566}
     * @throws IllegalArgumentException if the port is out of range
     * @throws IllegalStateException if this is closed
     * @throws UncheckedIOException if the port is in use, or may not be used
     */
    public URI serve(int port) {
        return servers.start(port);
    }

    /**
     * Sets up a client of the SDK to call here: HTTP client, Region, the {@linkplain #serviceCredentials() service's credentials},
     * and no retries by the SDK. Whatever is set afterwards holds instead; retries that are on work, but wait for real.
     *
     * @param builder the builder of a synchronous client
     * @param <B> its type
     * @return the same builder
     */
    public <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configure(B builder) {
        return builder.httpClient(httpClient())
                .region(region)
                .credentialsProvider(serviceCredentials())
                .overrideConfiguration(builder.overrideConfiguration().toBuilder()
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .build());
    }

    /**
     * The clock that everything here goes by.
     *
     * @return the clock, to wait on, to move and to set
     */
    public SimulatedClock clock() {
        return clock;
    }

    /**
     * The main account.
     *
     * @return twelve digits
     */
    public String accountId() {
        return accountId;
    }

    /**
     * The long-lived key of the service that embeds the connectors: of the user {@code service} of the main account, who may
     * assume any role that trusts it, ask who it is, and nothing else.
     *
     * @return credentials that do not expire
     */
    public AwsCredentialsProvider serviceCredentials() {
        return credentialsOf(account().arn("user", "/", SERVICE_USER));
    }

    /**
     * A key of any user or role that was made here, for tests. A role's is that of a session {@code simulated-test} which never
     * ends, so whatever it assumes is a chained session.
     *
     * @param principalArn the ARN of the user or role
     * @return credentials that do not expire; the same ones each time
     * @throws IllegalArgumentException if there is no such user or role
     */
    public AwsCredentialsProvider credentialsOf(String principalArn) {
        return simulator.locked(() -> {
            Identity identity = accounts.identity(principalArn)
                    .orElseThrow(() ->
                            new IllegalArgumentException("There is no user or role " + Printable.escape(principalArn)));
            return longLived.computeIfAbsent(identity.entityId(), id -> provider(credentials.issue(identity)));
        });
    }

    /**
     * Runs tasks at the same virtual time, each on a thread of its own, and returns when all have ended. Exactly one of them
     * runs at a time. One that waits, on {@link #clock()} or for an answer from here, lets the one go on that wakes first;
     * among several at one instant, and at the start, the seed decides. Time moves only when no task can go on at the present
     * instant. So the same tasks make the same calls in the same order each time, and with another seed in another order.
     *
     * <pre>{@code
     * SimulatedAws aws = SimulatedAws.builder().seed(seed).build();
     * SimulatedClock time = aws.clock();
     * ConnectorClock clock = ConnectorClock.of(time, time::nanos, time::sleep, time::await);
     * ...
     * aws.latency(Duration.ofMillis(20), Duration.ofMillis(200));
     * aws.run(
     *         () -> strategy.escalate(requestOfAda),
     *         () -> strategy.escalate(requestOfBob));
     * assertThat(aws.calls("AssumeRole")).hasSize(2);
     * }</pre>
     *
     * <p>What a task did is visible to the next that goes on. The threads are named {@code task-1}, {@code task-2} and so on.
     *
     * <p><b>Failures:</b> what a task threw is thrown again when all have ended: the first in virtual time, with later ones
     * suppressed. The run itself fails, with an {@link AssertionError} that shows the stack of each task, when all tasks that
     * are left wait without a limit; when the one that runs has neither ended nor waited on the clock for 30 seconds of real
     * time; or when the calling thread is interrupted. The tasks are then ended: each further wait on the clock throws an
     * {@link Error}.
     *
     * <p><b>Interrupts:</b> a task may interrupt another one that waits, which ends that wait at the present instant. An
     * interrupt by any other thread is not passed on to a task, since it would come at no certain instant. So the SDK's own
     * time limits, which are of real time, end no call of a run.
     *
     * <p><b>Does not</b> see waits that are not the clock's. A task that waits on the clock while it holds a lock stalls the
     * run as soon as another one wants that lock, and so does a task that waits for a latch which another one is to open. A
     * future that is completed by a thread of another kind ends a wait only from the next wait of a task on.
     *
     * @param tasks what to run; without any this returns at once
     * @throws IllegalStateException if a run of this simulation is on already, also where one of its tasks calls this
     */
    public void run(Runnable... tasks) {
        time.run(List.of(tasks));
    }

    /**
     * IAM of the main account.
     *
     * @return its state, to look at and to change
     */
    public SimulatedIam iam() {
        return iam(accountId);
    }

    /**
     * IAM of an account, which is made when it is first asked for.
     *
     * @param accountId twelve digits
     * @return its state, to look at and to change
     * @throws IllegalArgumentException if it is not twelve digits
     */
    public SimulatedIam iam(String accountId) {
        Account account = simulator.locked(() -> accounts.account(accountId));
        return new SimulatedIam(simulator, account);
    }

    /**
     * Makes what the Terraform module of the runtime connector makes, for roles of the main account only.
     *
     * @param environment the environment, such as {@code main}
     * @return the module's settings, as {@link #runtimeConnector(String, Collection)} does
     * @throws IllegalStateException if this environment has one
     */
    public Map<String, String> runtimeConnector(String environment) {
        return runtimeConnector(environment, Set.of());
    }

    /**
     * Makes what the Terraform module of the runtime connector makes: the role {@code /sym/SymRuntime<Environment>}, which the
     * service may assume with a new external ID, and which may assume roles under {@code /sym/} of the main account and of
     * further ones.
     *
     * @param environment the environment, such as {@code main}
     * @param accountIdSafelist the further accounts
     * @return the module's settings: {@code cloud}, {@code region}, {@code role_arn}, {@code external_id}, {@code account_id}
     * @throws IllegalArgumentException if the environment cannot be part of a role's name
     * @throws IllegalStateException if this environment has one
     */
    public Map<String, String> runtimeConnector(String environment, Collection<String> accountIdSafelist) {
        return simulator.locked(() -> modules()
                .runtime(
                        environment,
                        account().arn("user", "/", SERVICE_USER),
                        credentials.issueExternalId(),
                        accountIdSafelist));
    }

    /**
     * Makes what the Terraform module of the IAM connector makes: the role {@code /sym/SymIAM<Environment>}, which the runtime
     * connector's role of that environment may assume, and which may add users to some groups and remove them, and look users
     * up. It may not read groups.
     *
     * @param environment the environment, such as {@code main}
     * @param groupPatterns path and name of groups, with wildcards, such as {@code /sym/*}, which is the default
     * @return the module's settings: {@code cloud}, {@code region}, {@code role_arn}, {@code account_id}
     * @throws IllegalArgumentException if the environment cannot be part of a role's name, or a pattern has no slash at its begin
     * @throws IllegalStateException if this environment has one
     */
    public Map<String, String> iamConnector(String environment, String... groupPatterns) {
        List<String> patterns = groupPatterns.length == 0 ? List.of("/sym/*") : List.of(groupPatterns);
        return simulator.locked(() -> modules().iam(environment, patterns));
    }

    /**
     * Identity Center with its identity store: the one instance that there is. Its owner is this account.
     *
     * @return always about the same instance
     */
    public SimulatedIdentityCenter identityCenter() {
        return new SimulatedIdentityCenter(simulator, identityCenter);
    }

    /**
     * Makes the role of the Terraform module sso-connector, with the policy that the module gives it. The role of the runtime must
     * be there.
     *
     * @param environment the environment, such as {@code main}
     * @return the module's output: {@code cloud}, {@code region}, {@code role_arn}, {@code instance_arn} and {@code identity_store_id}
     * @throws IllegalStateException if the role is there already
     */
    public Map<String, String> ssoConnector(String environment) {
        return simulator.locked(
                () -> modules().sso(environment, identityCenter.instanceArn(), identityCenter.storeId()));
    }

    /**
     * Sets how late IAM's readers see changes. {@code GetUser}, {@code GetGroup} and {@code ListGroupsForUser} then answer as
     * things were so long ago; changes reach the state at once, but do not find a user or group that is younger than that.
     * Time is the monotonic clock's.
     *
     * @param delay from nothing, which is the default, to one hour
     * @throws IllegalArgumentException if it is negative or longer
     */
    public void propagationDelay(Duration delay) {
        change(settings -> settings.withDelay(delay));
    }

    /**
     * Lets each call take the same time, half of it on the way there and half on the way back.
     *
     * @param latency from nothing, which is the default, to one hour
     * @throws IllegalArgumentException if it is negative or longer
     */
    public void latency(Duration latency) {
        latency(latency, latency);
    }

    /**
     * Lets each call take some time, which the seed decides: about half of it passes before the request reaches the service,
     * and the rest before the answer reaches the caller. A recorded call's time is the instant between the two. On one thread
     * the clock moves on with each call; in a {@linkplain #run run} other tasks go on meanwhile.
     *
     * <p>An interrupt ends the wait and aborts the call, which the service has then received or not. The SDK's time limits
     * are of real time, and do not notice this one.
     *
     * @param min from nothing, which is the default
     * @param max to one hour; nothing by default
     * @throws IllegalArgumentException if one is out of range, or the minimum is more than the maximum
     */
    public void latency(Duration min, Duration max) {
        simulator.latency(min, max);
    }

    /**
     * Cuts lists into pages of so many items at most, whatever the caller asks for.
     *
     * @param items one or more; without a limit by default
     * @throws IllegalArgumentException if it is less than one
     */
    public void pageSize(int items) {
        if (items < 1) {
            throw new IllegalArgumentException("A page has one item or more, not " + items);
        }
        change(settings -> settings.withPaging(settings.paging().withPageSize(items)));
    }

    /**
     * Makes the first page of each list empty, with a marker of the next, as AWS allows itself.
     *
     * @param on whether; not so by default
     */
    public void emptyPages(boolean on) {
        change(settings -> settings.withPaging(settings.paging().withEmptyFirst(on)));
    }

    /**
     * Sets how much room STS has for a session's policy and tags together once it has packed them. How AWS packs is not known;
     * here each character counts one. With less than 2,048, a policy that is not too long may be too large when packed.
     *
     * @param characters one or more; 4,096 by default, so that a policy alone always fits
     * @throws IllegalArgumentException if it is less than one
     */
    public void packedPolicyLimit(int characters) {
        if (characters < 1) {
            throw new IllegalArgumentException("There is room for one character or more, not " + characters);
        }
        simulator.locked(() -> packedLimit = characters);
    }

    /**
     * Lets one call of an operation go wrong. Calls are counted from now on, whoever makes them. Of two faults for the same call
     * the one that was asked for first happens, and the other one to the next call.
     *
     * @param operation such as {@code AddUserToGroup} or {@code iam:AddUserToGroup}
     * @param nth which call, counted from 1
     * @param fault what happens
     * @throws IllegalArgumentException if no such operation is simulated, or nth is less than 1
     */
    public void fault(String operation, int nth, Fault fault) {
        simulator.fault(operation, nth, Objects.requireNonNull(fault, "fault"));
    }

    /**
     * Lets one call go wrong, of whatever operation. Calls of all operations that are simulated are counted together from now
     * on, whoever makes them, also calls that another fault meets. Of two faults for the same call the one that was asked for
     * first happens, and the other one to the next call that it counts.
     *
     * @param nth which call, counted from 1
     * @param fault what happens
     * @throws IllegalArgumentException if nth is less than 1
     */
    public void fault(int nth, Fault fault) {
        simulator.fault(nth, Objects.requireNonNull(fault, "fault"));
    }

    /**
     * All calls that were received, also those that were refused.
     *
     * @return oldest first; a copy
     */
    public List<RecordedCall> calls() {
        return recorded(simulator.calls());
    }

    /**
     * The calls of one operation.
     *
     * @param operation such as {@code AddUserToGroup} or {@code iam:AddUserToGroup}
     * @return oldest first; a copy
     * @throws IllegalArgumentException if no such operation is simulated
     */
    public List<RecordedCall> calls(String operation) {
        return recorded(simulator.calls(operation));
    }

    /** Forgets the calls so far. Faults that are still to come stay. */
    public void clearCalls() {
        simulator.clearCalls();
    }

    /**
     * All calls, for people: one a line, in columns, with foreign text escaped and without credentials and external IDs.
     *
     * @return the lines; empty if there was no call
     */
    public String printCalls() {
        return Printable.table(simulator.calls());
    }

    /**
     * Tells where a secret of this simulation shows. It knows, at each check, all access keys, session tokens and external IDs that were given out so far, and the
     * external IDs that came with a call.
     *
     * @return a canary of its own, to which other secrets may be added
     */
    public Canary canary() {
        return new Canary(() -> simulator.locked(credentials::namesOfSecrets));
    }

    /**
     * All calls as a sequence diagram in Mermaid's language, which GitHub, GitLab and many editors draw: an arrow from who called to the service, with the
     * operation and what it was about; an arrow with a cross where the call did not end well, with how it ended. Foreign text is escaped, and there are no
     * credentials, external IDs and parameters.
     *
     * @return the lines, without the fence that Markdown needs; only the first one if there was no call
     */
    public String toMermaid() {
        return SequenceDiagram.of(simulator.calls());
    }

    /**
     * Stops what {@link #serve} has started: what is being answered there ends first, and what comes later changes nothing. All else can still be used. A second
     * call does nothing.
     */
    @Override
    public void close() {
        servers.close();
    }

    /**
     * Says which account this is.
     *
     * @return account, Region and time
     */
    @Override
    public String toString() {
        return "SimulatedAws[account=" + accountId + ", region=" + region + ", time=" + clock.instant() + "]";
    }

    private List<ServiceDefinition> services(Authorizer authorizer) {
        return List.of(
                new ServiceDefinition(
                        "sts",
                        "2011-06-15",
                        Set.of("AssumeRole", "GetCallerIdentity"),
                        () -> StsService.table(accounts, credentials, authorizer, () -> packedLimit)),
                new ServiceDefinition(
                        "iam",
                        "2010-05-08",
                        Set.of("AddUserToGroup", "GetGroup", "GetUser", "ListGroupsForUser", "RemoveUserFromGroup"),
                        () -> IamService.table(accounts, () -> reads)),
                new ServiceDefinition(
                        "sso",
                        "SWBExternalService",
                        Set.of(
                                "CreateAccountAssignment",
                                "DeleteAccountAssignment",
                                "DescribeAccountAssignmentCreationStatus",
                                "DescribeAccountAssignmentDeletionStatus",
                                "DescribePermissionSet",
                                "ListAccountAssignmentCreationStatus",
                                "ListAccountAssignmentDeletionStatus",
                                "ListAccountAssignments",
                                "ListInstances"),
                        () -> SsoAdminService.table(identityCenter, () -> reads)),
                new ServiceDefinition(
                        "identitystore",
                        "AWSIdentityStore",
                        Set.of(
                                "CreateGroupMembership",
                                "DeleteGroupMembership",
                                "DescribeGroupMembership",
                                "DescribeUser",
                                "GetGroupMembershipId",
                                "GetUserId",
                                "IsMemberInGroups",
                                "ListUsers"),
                        () -> IdentityStoreService.table(identityCenter, () -> reads)));
    }

    private Account account() {
        return accounts.account(accountId);
    }

    private ConnectorModules modules() {
        return new ConnectorModules(account(), accountId, partition(), region.id());
    }

    private String partition() {
        return region.metadata().partition().id();
    }

    private void change(UnaryOperator<ReadSettings> change) {
        simulator.locked(() -> reads = change.apply(reads));
    }

    private static AwsCredentialsProvider provider(Credential credential) {
        return StaticCredentialsProvider.create(sdkCredentials(credential));
    }

    private static AwsCredentials sdkCredentials(Credential credential) {
        return credential.sessionToken() == null
                ? AwsBasicCredentials.create(credential.accessKeyId(), credential.secretAccessKey())
                : AwsSessionCredentials.create(
                        credential.accessKeyId(), credential.secretAccessKey(), credential.sessionToken());
    }

    private static List<RecordedCall> recorded(List<CallRecord> calls) {
        return calls.stream().map(RecordedCall::new).toList();
    }

    /** Builds a {@link SimulatedAws}. Not thread-safe. */
    public static final class Builder {

        private String accountId = "111122223333";
        private Instant start = Instant.parse("2026-01-01T00:00:00Z");
        private long seed = 1;
        private Region region = Region.US_EAST_1;

        Builder() {}

        /**
         * The main account.
         *
         * @param accountId twelve digits
         * @return this
         * @throws IllegalArgumentException if it is not twelve digits
         */
        public Builder accountId(String accountId) {
            if (!accountId.matches("\\d{12}")) {
                throw new IllegalArgumentException("An account has twelve digits: " + Printable.escape(accountId));
            }
            this.accountId = accountId;
            return this;
        }

        /**
         * What the wall clock shows at first.
         *
         * @param start the time
         * @return this
         */
        public Builder startingAt(Instant start) {
            this.start = Objects.requireNonNull(start, "start");
            return this;
        }

        /**
         * What ids, keys and external IDs are made from, how long calls take, and who goes first in a run.
         *
         * @param seed any number
         * @return this
         */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * The Region of the clients that are {@linkplain SimulatedAws#configure configured}, whose partition is that of all ARNs.
         *
         * @param region the Region
         * @return this
         */
        public Builder region(Region region) {
            this.region = Objects.requireNonNull(region, "region");
            return this;
        }

        /**
         * Makes the simulation.
         *
         * @return a new one
         */
        public SimulatedAws build() {
            return new SimulatedAws(this);
        }
    }
}
