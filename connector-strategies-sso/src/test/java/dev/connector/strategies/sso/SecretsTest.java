package dev.connector.strategies.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.connector.core.ConnectorListener;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.Actor;
import dev.connector.core.strategy.Ending;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.Outcome;
import dev.connector.core.strategy.OutcomeUnknownException;
import dev.connector.core.strategy.Revocation;
import dev.connector.testing.Canary;
import dev.connector.testing.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * No External ID, key or token shows in what the strategies print while they give and take access: logs at every level, exceptions, events, grants and revocations, their
 * JSON, and the text of every value.
 */
class SecretsTest {

    private static final String EXTERNAL_ID = "narrow/role=external+id@42";

    /** Which strategy, and how many calls its life of a grant makes at least. */
    enum Kind {
        PERMISSION_SETS(18) {
            @Override
            void live(SecretsTest test, Center center) {
                test.live(
                        test.narrow(center.permissionSets(), center).build(),
                        center.requestFor(center.target()).build());
            }
        },
        GROUPS(14) {
            @Override
            void live(SecretsTest test, Center center) {
                test.live(test.narrow(center.groups(), center).build(), center.groupRequest());
            }
        };

        private final int calls;

        Kind(int calls) {
            this.calls = calls;
        }

        abstract void live(SecretsTest test, Center center);
    }

    private final Center center = new Center();
    private final Canary canary = center.aws.canary().secret("the External ID of the narrow role", EXTERNAL_ID);
    private final Logger library = (Logger) LoggerFactory.getLogger("dev.connector");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<Object> told = new ArrayList<>();
    private final List<Object> printed = new ArrayList<>();

    SecretsTest() {
        center.aws.iam().createRole("/sym/", "Narrow", """
                {"Version": "2012-10-17", "Statement": [{
                    "Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole",
                    "Condition": {"StringEquals": {"sts:ExternalId": "%s"}}}]}
                """.formatted(center.connector.roleArn(), EXTERNAL_ID), """
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["sso:*", "identitystore:*"], "Resource": "*"}}""");
        library.setLevel(Level.TRACE);
        library.setAdditive(false);
        library.addAppender(log);
        log.start();
    }

    @AfterEach
    void release() {
        library.detachAppender(log);
        library.setAdditive(true);
        library.setLevel(null);
        center.close();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void verbs_whenAllGoesWell_printNoSecret(Kind kind) {
        kind.live(this, center);

        assertNothingShows();
        assertThat(center.aws.calls()).hasSizeGreaterThanOrEqualTo(kind.calls);
        assertThat(printed).hasAtLeastOneElementOfType(Revocation.class);
        assertThat(log.list).isNotEmpty();
        assertThat(told).isNotEmpty();
        assertThat(canary.secrets())
                .contains("the session token of arn:aws:sts::111122223333:assumed-role/Narrow/connector-main");
    }

    static Stream<Arguments> faultsAtEachCall() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(Fault.values())
                        .flatMap(fault ->
                                IntStream.rangeClosed(1, kind.calls).mapToObj(nth -> Arguments.of(kind, fault, nth))));
    }

    @ParameterizedTest
    @MethodSource("faultsAtEachCall")
    void verbs_whenACallGoesWrong_printNoSecret(Kind kind, Fault fault, int nth) {
        center.aws.fault(nth, fault);

        kind.live(this, center);

        assertNothingShows();
    }

    private <B extends IdentityCenterBuilder<B>> B narrow(B builder, Center of) {
        center.center.provisioningTime(Duration.ofMillis(200));
        return builder.roleArn("arn:aws:iam::111122223333:role/sym/Narrow")
                .externalId(EXTERNAL_ID)
                .instanceArn(of.center.instanceArn())
                .listener(listener());
    }

    /** Keeps all that it is told, and then throws it, as one that is broken may. */
    private ConnectorListener listener() {
        return mock(ConnectorListener.class, call -> {
            told.addAll(Arrays.asList(call.getArguments()));
            throw new IllegalStateException(Arrays.toString(call.getArguments()));
        });
    }

    /** Gives and takes access, once in peace and once when the sessions are over, and lets everything print itself. */
    private <T extends AccessTarget> void live(AccessStrategy<T> opened, AccessRequest<T> request) {
        try (AccessStrategy<T> strategy = opened) {
            printed.addAll(List.of(strategy, strategy.scope(), strategy.targetType(), request, request.toJson()));
            Optional<Grant> prepared = attempt(() -> strategy.prepare(request));
            Optional<Grant> granted = prepared.flatMap(grant -> attempt(() -> strategy.resume(grant)));
            center.pass(Duration.ofHours(2));
            granted.or(() -> prepared)
                    .ifPresent(grant -> attempt(
                            () -> strategy.deescalate(grant, Ending.revokedBy(Actor.of("grace@example.com"), "over"))));
            List<Grant> all = prepared.stream().toList();
            printed.addAll(strategy.resumeAll(all, this::keepOutcome));
            printed.addAll(strategy.deescalateAll(all, Ending.scheduled(), this::keepOutcome));
        }
    }

    private void keepOutcome(Outcome<?> outcome) {
        printed.add(outcome);
        outcome.value().ifPresent(this::keep);
        outcome.failure().ifPresent(this::keep);
    }

    private <T> Optional<T> attempt(Supplier<T> verb) {
        try {
            T answer = verb.get();
            keep(answer);
            return Optional.of(answer);
        } catch (RuntimeException thrown) {
            keep(thrown);
            return Optional.empty();
        }
    }

    private void keep(Object answer) {
        printed.add(answer);
        if (answer instanceof Grant grant) {
            printed.addAll(List.of(grant.toJson(), grant.key(), grant.target()));
        } else if (answer instanceof Revocation revocation) {
            printed.addAll(List.of(revocation.toJson(), revocation.remaining()));
        } else if (answer instanceof OutcomeUnknownException unknown) {
            keep(unknown.pending());
        }
    }

    private void assertNothingShows() {
        canary.check("the log", List.copyOf(log.list));
        canary.check("what the listener was told", told);
        canary.check("what was printed or thrown", printed);
    }
}
