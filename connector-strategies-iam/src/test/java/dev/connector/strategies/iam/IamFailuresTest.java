package dev.connector.strategies.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.OutcomeUnknownException;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Verb;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is said where nobody knows: who, into or out of what, why, and how to find out. */
class IamFailuresTest {

    private static final IamGroupTarget GROUP = IamGroupTarget.of("/sym/", "OnCall");
    private final IamFailures failures = new IamFailures(null);

    @Test
    void unknown_whenEscalating_saysThatToResumeFindsOut() {
        OutcomeUnknownException unknown = failures.unknown(Verb.ESCALATE, grant(), GROUP, "no answer came", null);

        assertThat(unknown)
                .hasMessageStartingWith(
                        "Cannot escalate ada to the IAM group /sym/OnCall for certain: no answer came. ")
                .hasMessageContaining("resume it to find out");
        assertThat(unknown.pending().state()).isEqualTo(GrantState.PENDING);
    }

    @Test
    void unknown_whenDeescalating_saysToDeescalateAgain() {
        OutcomeUnknownException unknown = failures.unknown(Verb.DEESCALATE, grant(), GROUP, "No answer came.", null);

        assertThat(unknown)
                .hasMessageStartingWith(
                        "Cannot deescalate ada from the IAM group /sym/OnCall for certain: No answer came. ")
                .hasMessageContaining("deescalate it again");
        assertThat(unknown.pending().state()).isEqualTo(GrantState.ENDING);
    }

    private static Grant grant() {
        AccessRequest<IamGroupTarget> request = AccessRequest.builder(Requester.of("ada"), GROUP)
                .duration(Duration.ofHours(1))
                .requestedAt(Instant.parse("2026-03-01T12:00:00Z"))
                .build();
        return Grant.prepared(request, GrantScope.of("aws", "111122223333"), "AIDAADA", Prior.ABSENT);
    }
}
