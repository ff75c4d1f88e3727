package dev.connector.testing.internal.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CredentialTest {

    @Test
    void toString_ofACredential_holdsNoSecret() {
        Identity ada = Identity.ofUser("arn:aws:iam::111122223333:user/ada", "111122223333", "AIDAX");

        assertThat(new Credential("AKIAX", "secret", "token", ada))
                .hasToString("Credential[AKIAX of arn:aws:iam::111122223333:user/ada]");
    }
}
