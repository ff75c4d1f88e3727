package dev.connector.benchmarks;

import dev.connector.testing.SimulatedAws;
import java.time.Duration;
import java.util.PrimitiveIterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.CreateAccountAssignmentRequest;
import software.amazon.awssdk.services.ssoadmin.model.DescribeAccountAssignmentCreationStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.PrincipalType;
import software.amazon.awssdk.services.ssoadmin.model.StatusValues;
import software.amazon.awssdk.services.ssoadmin.model.TargetType;

/** How tools assign permission sets that know nothing of AWS's quotas: thirty at one time, each with a loop of its own, and with retries as the SDK has them. */
enum Loop {
    EVERY_SECOND("describe every second", Duration.ofSeconds(1), Duration.ofSeconds(1)),
    AFTER_TEN_SECONDS("first after 10 s, then every 5 s", Duration.ofSeconds(10), Duration.ofSeconds(5)),
    AFTER_FIFTEEN_SECONDS("first after 15 s, then every 60 s", Duration.ofSeconds(15), Duration.ofSeconds(60)),
    NEVER_LOOKS("accept and never look", Duration.ZERO, Duration.ZERO);

    private static final int AT_ONE_TIME = 30;

    private final String title;
    private final Duration first;
    private final Duration then;

    Loop(String title, Duration first, Duration then) {
        this.title = title;
        this.first = first;
        this.then = then;
    }

    /** What a loop has come to. */
    record Result(String title, Directory.Cost cost, int saidDone) {}

    Result assign(int users) {
        try (Directory directory = new Directory(users);
                SsoAdminClient client = client(directory.aws)) {
            PrimitiveIterator.OfInt waiting = IntStream.range(0, users).iterator();
            AtomicInteger done = new AtomicInteger();
            Directory.Cost cost = directory.cost(IntStream.range(0, AT_ONE_TIME)
                    .mapToObj(worker -> (Runnable) () -> work(directory, client, waiting, done))
                    .toArray(Runnable[]::new));
            return new Result(title, cost, done.get());
        }
    }

    private static SsoAdminClient client(SimulatedAws aws) {
        aws.iam().putUserPolicy("service", "sso", """
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sso:*", "Resource": "*"}}""");
        return aws.configure(SsoAdminClient.builder()).build();
    }

    /** One worker: only one of them runs at any moment, so they may share what is not thread-safe. */
    private void work(Directory directory, SsoAdminClient client, PrimitiveIterator.OfInt waiting, AtomicInteger done) {
        while (waiting.hasNext()) {
            if (assigned(directory, client, waiting.nextInt())) {
                done.incrementAndGet();
            }
        }
    }

    private boolean assigned(Directory directory, SsoAdminClient client, int user) {
        try {
            String request = create(directory, client, user);
            return this == NEVER_LOOKS || succeeded(directory, client, request);
        } catch (AwsServiceException refused) {
            return false;
        }
    }

    private static String create(Directory directory, SsoAdminClient client, int user) {
        CreateAccountAssignmentRequest request = CreateAccountAssignmentRequest.builder()
                .instanceArn(directory.aws.identityCenter().instanceArn())
                .permissionSetArn(directory.target(user).permissionSetArn())
                .targetId(directory.target(user).accountId())
                .targetType(TargetType.AWS_ACCOUNT)
                .principalId(directory.userId(user))
                .principalType(PrincipalType.USER)
                .build();
        return Patiently.call(directory.aws.clock(), () -> client.createAccountAssignment(request))
                .accountAssignmentCreationStatus()
                .requestId();
    }

    private boolean succeeded(Directory directory, SsoAdminClient client, String requestId) {
        DescribeAccountAssignmentCreationStatusRequest request =
                DescribeAccountAssignmentCreationStatusRequest.builder()
                        .instanceArn(directory.aws.identityCenter().instanceArn())
                        .accountAssignmentCreationRequestId(requestId)
                        .build();
        Patiently.sleep(directory.aws.clock(), first);
        while (true) {
            StatusValues status = Patiently.call(
                            directory.aws.clock(), () -> client.describeAccountAssignmentCreationStatus(request))
                    .accountAssignmentCreationStatus()
                    .status();
            if (status != StatusValues.IN_PROGRESS) {
                return status == StatusValues.SUCCEEDED;
            }
            Patiently.sleep(directory.aws.clock(), then);
        }
    }
}
