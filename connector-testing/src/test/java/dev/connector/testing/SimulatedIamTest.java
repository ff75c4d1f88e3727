package dev.connector.testing;

import static dev.connector.testing.Samples.allow;
import static dev.connector.testing.Samples.trust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedIamTest {

    private final SimulatedAws aws = SimulatedAws.create();
    private final SimulatedIam iam = aws.iam();

    @BeforeEach
    void makeEntities() {
        iam.createUser("ada");
        iam.createGroup("/sym/", "OnCall");
    }

    @Test
    void changes_fromTheInside_areNotRecordedAsCalls() {
        iam.addUserToGroup("ada", "OnCall");
        iam.addUserToGroup("ada", "OnCall");
        assertThat(iam.members("OnCall")).containsExactly("ada");
        assertThat(iam.groupsOf("ada")).containsExactly("OnCall");
        iam.removeUserFromGroup("ada", "OnCall");
        iam.removeUserFromGroup("ada", "OnCall");

        assertThat(iam.members("OnCall")).isEmpty();
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void deletion_ofWhatIsInUse_isRefused() {
        iam.addUserToGroup("ada", "OnCall");

        assertThatIllegalStateException()
                .isThrownBy(() -> iam.deleteUser("ada"))
                .withMessageContaining("ada");
        assertThatIllegalStateException().isThrownBy(() -> iam.deleteGroup("OnCall"));
        iam.removeUserFromGroup("ada", "OnCall");
        iam.deleteUser("ada");
        iam.deleteGroup("OnCall");
        assertMissing(() -> iam.members("OnCall"));
        assertMissing(() -> iam.groupsOf("ada"));
    }

    @Test
    void names_thatAreTaken_areRefused() {
        iam.createUser("bob");
        iam.createGroup("/", "Other");
        iam.createRole("/", "Role", trust("*"));

        assertThatIllegalStateException().isThrownBy(() -> iam.createUser("/x/", "ADA"));
        assertThatIllegalStateException().isThrownBy(() -> iam.createGroup("/x/", "oncall"));
        assertThatIllegalStateException().isThrownBy(() -> iam.createRole("/x/", "role", trust("*")));
        assertThatIllegalStateException().isThrownBy(() -> iam.renameUser("ada", "Bob"));
        assertThatIllegalStateException().isThrownBy(() -> iam.renameGroup("OnCall", "other"));
        iam.renameUser("ada", "ADA");
        iam.renameGroup("OnCall", "ONCALL");
    }

    @Test
    void membership_inAnEleventhGroup_isRefused() {
        for (int i = 0; i < 10; i++) {
            iam.createGroup("/", "Group" + i);
            iam.addUserToGroup("ada", "Group" + i);
        }

        assertThatIllegalStateException()
                .isThrownBy(() -> iam.addUserToGroup("ada", "OnCall"))
                .withMessageContaining("GroupsPerUser: 10");
    }

    @Test
    void everything_ofWhatIsNotThere_isRefused() {
        assertMissing(() -> iam.deleteUser("x"));
        assertMissing(() -> iam.renameUser("x", "y"));
        assertMissing(() -> iam.deleteGroup("x"));
        assertMissing(() -> iam.renameGroup("x", "y"));
        assertMissing(() -> iam.addUserToGroup("x", "OnCall"));
        assertMissing(() -> iam.addUserToGroup("ada", "x"));
        assertMissing(() -> iam.removeUserFromGroup("ada", "x"));
        assertMissing(() -> iam.hasMemberId("x", "AIDA"));
        assertMissing(() -> iam.isMember("ada", "x"));
        assertMissing(() -> iam.putRolePolicy("x", "policy", allow("*", "*")));
        assertMissing(() -> iam.deleteRolePolicy("x", "policy"));
        assertMissing(() -> iam.maxSessionDuration("x", Duration.ofHours(1)));
        assertMissing(() -> iam.putUserPolicy("x", "policy", allow("*", "*")));
        iam.createRole("/", "Role", trust("*"));
        assertMissing(() -> iam.deleteRolePolicy("Role", "x"));
        assertThat(iam.isMember("x", "OnCall")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "ä", "a*"})
    void names_thatIamDoesNotAllow_areRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> iam.createUser(name));
        assertThatIllegalArgumentException().isThrownBy(() -> iam.createGroup("/", name));
        assertThatIllegalArgumentException().isThrownBy(() -> iam.createRole("/", name, trust("*")));
        assertThatIllegalArgumentException().isThrownBy(() -> iam.renameUser("ada", name));
        assertThatIllegalArgumentException().isThrownBy(() -> iam.renameGroup("OnCall", name));
    }

    @Test
    void names_thatAreTooLong_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> iam.createUser("x".repeat(65)));
        iam.createUser("x".repeat(64));
        assertThatIllegalArgumentException().isThrownBy(() -> iam.createGroup("/", "x".repeat(129)));
        iam.createGroup("/", "x".repeat(128));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sym", "/sym", "sym/", "/a b/"})
    void paths_thatIamDoesNotAllow_areRefused(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> iam.createUser(path, "bob"));
        assertThatIllegalArgumentException().isThrownBy(() -> iam.createGroup(path, "Other"));
    }

    @Test
    void roles_withPoliciesOrDurationsThatAwsRefuses_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> iam.createRole("/", "Role", allow("sts:AssumeRole", "*")))
                .withMessageContaining("Not a policy that AWS accepts");
        assertThatIllegalArgumentException().isThrownBy(() -> iam.createRole("/", "Role", trust("*"), "{}"));
        assertThat(iam.createRole("/x/", "Role", trust("*"))).isEqualTo("arn:aws:iam::111122223333:role/x/Role");
        assertThatIllegalArgumentException().isThrownBy(() -> iam.putRolePolicy("Role", "policy", trust("*")));
        assertThatIllegalArgumentException().isThrownBy(() -> iam.maxSessionDuration("Role", Duration.ofMinutes(59)));
        assertThatIllegalArgumentException().isThrownBy(() -> iam.maxSessionDuration("Role", Duration.ofHours(13)));
    }

    @Test
    void accounts_areApart() {
        SimulatedIam other = aws.iam("444455556666");
        other.createUser("ada");
        other.createGroup("/sym/", "OnCall");
        other.addUserToGroup("ada", "OnCall");

        assertThat(iam.members("OnCall")).isEmpty();
        assertThat(aws.iam("444455556666").members("OnCall")).containsExactly("ada");
    }

    private static void assertMissing(ThrowingCallable change) {
        assertThatIllegalArgumentException().isThrownBy(change).withMessageContaining("has no");
    }
}
