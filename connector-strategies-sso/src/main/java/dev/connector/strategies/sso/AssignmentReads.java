package dev.connector.strategies.sso;

import dev.connector.core.AwsCallException;
import dev.connector.core.AwsFailure;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssoadmin.model.AccountAssignment;
import software.amazon.awssdk.services.ssoadmin.model.DescribePermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentsRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentsResponse;
import software.amazon.awssdk.services.ssoadmin.model.PermissionSet;
import software.amazon.awssdk.services.ssoadmin.model.PrincipalType;

/** The reads of one verb about one permission set in one account. */
final class AssignmentReads {

    static final String LIST_ASSIGNMENTS = "sso:ListAccountAssignments";
    static final String DESCRIBE_SET = "sso:DescribePermissionSet";

    private static final int LARGEST_PAGE = 100;

    private final AdminReads reads;
    private final PermissionSetTarget target;

    AssignmentReads(AdminReads reads, PermissionSetTarget target) {
        this.reads = reads;
        this.target = target;
    }

    /** Whether a user is assigned, as far as a look can tell now. */
    Look look(String userId) {
        try {
            return isAssigned(userId) ? Look.PRESENT : Look.ABSENT;
        } catch (AwsCallException failed) {
            if (failed.failure().hasCode("ResourceNotFoundException")) {
                throw failed;
            }
            return failed.failure().kind() == AwsFailure.Kind.DENIED ? Look.NOT_READABLE : Look.UNREAD;
        }
    }

    /** Whether a user is assigned, not through a group. All pages are read before that is denied. */
    boolean isAssigned(String userId) {
        return AdminReads.pages(LIST_ASSIGNMENTS, token -> {
                    ListAccountAssignmentsResponse page = page(token);
                    Boolean found = page.accountAssignments().stream()
                                    .filter(assigned -> assigned.principalType() == PrincipalType.USER)
                                    .anyMatch(assigned -> userId.equalsIgnoreCase(assigned.principalId()))
                            ? Boolean.TRUE
                            : null;
                    return new AdminReads.Page<>(found, page.nextToken());
                })
                != null;
    }

    /** All that are assigned. */
    Assignees assignees() {
        List<String> users = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        AdminReads.pages(LIST_ASSIGNMENTS, token -> {
            ListAccountAssignmentsResponse page = page(token);
            for (AccountAssignment assigned : page.accountAssignments()) {
                List<String> those = assigned.principalType() == PrincipalType.GROUP ? groups : users;
                those.add(String.valueOf(assigned.principalId()).toLowerCase(Locale.ROOT));
            }
            return new AdminReads.Page<>(null, page.nextToken());
        });
        return new Assignees(users, groups);
    }

    /** Ids in lower case. */
    record Assignees(List<String> users, List<String> groups) {}

    private ListAccountAssignmentsResponse page(@Nullable String token) {
        return reads.call(
                LIST_ASSIGNMENTS,
                () -> reads.admin()
                        .client()
                        .listAccountAssignments(reads.session()
                                .authorize(ListAccountAssignmentsRequest.builder()
                                        .instanceArn(reads.admin().instanceArn())
                                        .accountId(target.accountId())
                                        .permissionSetArn(target.permissionSetArn())
                                        .maxResults(LARGEST_PAGE)
                                        .nextToken(token))
                                .build()));
    }

    /** How long sessions of the permission set last; an hour where AWS gives none, as its documentation states. */
    Optional<Duration> sessionDuration() {
        PermissionSet set = reads.call(
                        DESCRIBE_SET,
                        () -> reads.admin()
                                .client()
                                .describePermissionSet(reads.session()
                                        .authorize(DescribePermissionSetRequest.builder()
                                                .instanceArn(reads.admin().instanceArn())
                                                .permissionSetArn(target.permissionSetArn()))
                                        .build()))
                .permissionSet();
        if (set == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    set.sessionDuration() == null ? Duration.ofHours(1) : Duration.parse(set.sessionDuration()));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    /** What a look for an assignment showed. */
    enum Look {
        PRESENT,
        ABSENT,
        /** The role may not read. */
        NOT_READABLE,
        /** This read failed; another one may not. */
        UNREAD
    }
}
