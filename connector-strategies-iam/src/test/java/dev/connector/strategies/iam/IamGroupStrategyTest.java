package dev.connector.strategies.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.Revocation;
import org.junit.jupiter.api.Test;

/** What a user of the strategy sees when all is well, over simulated AWS. */
class IamGroupStrategyTest {

    @Test
    void escalate_whenUserIsNoMember_addsThemAndDeescalateTakesThemOut() {
        try (Account account = Account.withReads();
                IamGroupStrategy strategy = account.strategy().build()) {
            Grant grant = strategy.escalate(account.request());

            assertThat(grant.state()).isEqualTo(GrantState.GRANTED);
            assertThat(grant.prior()).isEqualTo(Prior.ABSENT);
            assertThat(grant.confirmed()).isTrue();
            assertThat(account.isMember()).isTrue();

            Revocation revocation = strategy.deescalate(grant);

            assertThat(revocation.result()).isEqualTo(Revocation.Result.REVOKED);
            assertThat(revocation.confirmed()).isTrue();
            assertThat(account.isMember()).isFalse();
        }
    }
}
