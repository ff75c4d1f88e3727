package dev.connector.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OutcomeTest {

    private final Grant grant = Samples.preparedGrant();

    @Test
    void of_whenVerbAnswered_holdsTheAnswer() {
        Outcome<Grant> outcome = Outcome.of(grant, Samples.grantedGrant());

        assertThat(outcome.grant()).isSameAs(grant);
        assertThat(outcome.value()).contains(Samples.grantedGrant());
        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.orElseThrow()).isEqualTo(Samples.grantedGrant());
    }

    @Test
    void failed_whenVerbThrew_throwsTheSame() {
        IllegalStateException failure = new IllegalStateException("locked");
        Outcome<Grant> outcome = Outcome.failed(grant, failure);

        assertThat(outcome.grant()).isSameAs(grant);
        assertThat(outcome.value()).isEmpty();
        assertThat(outcome.failure()).containsSame(failure);
        assertThatThrownBy(outcome::orElseThrow).isSameAs(failure);
    }

    @Test
    void toString_whenFailureIsForged_isOneLine() {
        OneLine.checkForged(Outcome.failed(grant, new IllegalStateException(Samples.FORGERY))
                .toString());
        OneLine.checkForged(Outcome.of(grant, Samples.FORGERY).toString());
        assertThat(Outcome.of(grant, "open")).hasToString("Outcome{requestId=" + Samples.REQUEST_ID + ", value=open}");
    }
}
