package dev.connector.testing.internal.sts;

import static dev.connector.testing.internal.server.QueryError.VALIDATION_ERROR;

import dev.connector.testing.internal.auth.Access;
import dev.connector.testing.internal.auth.Policy;
import dev.connector.testing.internal.auth.PolicySyntaxException;
import dev.connector.testing.internal.iam.Accounts;
import dev.connector.testing.internal.iam.Role;
import dev.connector.testing.internal.identity.Credential;
import dev.connector.testing.internal.identity.Credentials;
import dev.connector.testing.internal.identity.Identity;
import dev.connector.testing.internal.identity.Session;
import dev.connector.testing.internal.server.Authorizer;
import dev.connector.testing.internal.server.Call;
import dev.connector.testing.internal.server.Operation;
import dev.connector.testing.internal.server.QueryError;
import dev.connector.testing.internal.server.Service;
import dev.connector.testing.internal.server.ServiceFailure;
import dev.connector.testing.internal.wire.QueryProtocol;
import dev.connector.testing.internal.wire.Shape;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.Tag;

/** The operations of STS. */
public final class StsService {

    private static final Duration CHAINED_SESSION = Duration.ofHours(1);

    private final Accounts accounts;
    private final Credentials credentials;
    private final RoleTrust trust;
    private final IntSupplier packedLimit;

    private StsService(Accounts accounts, Credentials credentials, Authorizer authorizer, IntSupplier packedLimit) {
        this.accounts = accounts;
        this.credentials = credentials;
        this.trust = new RoleTrust(authorizer);
        this.packedLimit = packedLimit;
    }

    /** The table of the operations of STS. */
    public static Service table(
            Accounts accounts, Credentials credentials, Authorizer authorizer, IntSupplier packedLimit) {
        StsService sts = new StsService(accounts, credentials, authorizer, packedLimit);
        return new Service(
                new QueryProtocol("https://sts.amazonaws.com/doc/2011-06-15/"),
                QueryError.common(QueryError.INTERNAL_FAILURE),
                List.of(
                        Operation.named("AssumeRole", Shape.of(AssumeRoleRequest::builder), sts::assumeRole)
                                .withSecrets("ExternalId"),
                        Operation.named(
                                "GetCallerIdentity",
                                Shape.of(GetCallerIdentityRequest::builder),
                                sts::getCallerIdentity)));
    }

    private GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request, Call call) {
        Identity caller = call.caller();
        return GetCallerIdentityResponse.builder()
                .account(caller.accountId())
                .arn(caller.arn())
                .userId(caller.userId())
                .build();
    }

    private AssumeRoleResponse assumeRole(AssumeRoleRequest request, Call call) {
        AssumeRoleChecks.check(request);
        SessionTags tags = SessionTags.of(request, call.caller());
        Policy policy = sessionPolicy(request.policy());
        call.on(request.roleArn());
        Role role = authorizedRole(request, tags, call);
        Duration duration = duration(request, role, call.caller());
        int packed = packedSize(request);
        Session session = new Session(
                request.roleSessionName(),
                call.time().plus(duration).truncatedTo(ChronoUnit.MILLIS),
                policy,
                sourceIdentity(request, call),
                tags.transitive());
        return response(accounts.session(accountOf(role), role, session), packed);
    }

    private static @Nullable Policy sessionPolicy(@Nullable String json) {
        try {
            return json == null ? null : Policy.ofIdentity(json);
        } catch (PolicySyntaxException e) {
            throw StsError.MALFORMED_POLICY_DOCUMENT.because(String.valueOf(e.getMessage()));
        }
    }

    /** A role that does not exist is refused as one that does not trust the caller, so that nobody can ask which there are. */
    private Role authorizedRole(AssumeRoleRequest request, SessionTags tags, Call call) {
        Role role = accounts.role(request.roleArn()).orElseThrow(() -> refused("sts:AssumeRole", request, call));
        Access access = access(request, tags, call);
        require(role, access, request, call);
        if (!tags.isEmpty()) {
            require(role, access.withAction("sts:TagSession"), request, call);
        }
        if (sourceIdentity(request, call) != null) {
            require(role, access.withAction("sts:SetSourceIdentity"), request, call);
        }
        return role;
    }

    private void require(Role role, Access access, AssumeRoleRequest request, Call call) {
        if (!trust.allows(call.caller(), role, access)) {
            throw refused(access.action(), request, call);
        }
    }

    private static ServiceFailure refused(String action, AssumeRoleRequest request, Call call) {
        return call.refused(action, request.roleArn());
    }

    private static Access access(AssumeRoleRequest request, SessionTags tags, Call call) {
        Access plain = call.access(request.roleArn());
        Map<String, String> context = new TreeMap<>(plain.context());
        put(context, "sts:ExternalId", request.externalId());
        put(context, "sts:RoleSessionName", request.roleSessionName());
        put(context, "sts:SourceIdentity", sourceIdentity(request, call));
        tags.all().forEach((key, value) -> context.put("aws:RequestTag/" + key, value));
        return new Access(plain.action(), plain.resource(), context);
    }

    private static void put(Map<String, String> context, String key, @Nullable String value) {
        if (value != null) {
            context.put(key, value);
        }
    }

    /** Who stands behind the session: once said it stays along the chain, and nobody on it can say otherwise. */
    private static @Nullable String sourceIdentity(AssumeRoleRequest request, Call call) {
        Session session = call.caller().session();
        String inherited = session == null ? null : session.sourceIdentity();
        if (inherited != null && request.sourceIdentity() != null && !inherited.equals(request.sourceIdentity())) {
            throw refused("sts:SetSourceIdentity", request, call);
        }
        return inherited == null ? request.sourceIdentity() : inherited;
    }

    private static Duration duration(AssumeRoleRequest request, Role role, Identity caller) {
        Duration duration =
                request.durationSeconds() == null ? CHAINED_SESSION : Duration.ofSeconds(request.durationSeconds());
        if (caller.session() != null && duration.compareTo(CHAINED_SESSION) > 0) {
            throw VALIDATION_ERROR.because(
                    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
        }
        if (duration.compareTo(role.maxSession()) > 0) {
            throw VALIDATION_ERROR.because(
                    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
        return duration;
    }

    /** How much of the packed limit the session takes, in percent. How AWS packs is its own; here each character counts. */
    private int packedSize(AssumeRoleRequest request) {
        int characters = request.policy() == null ? 0 : request.policy().length();
        for (Tag tag : request.tags()) {
            characters += tag.key().length() + tag.value().length();
        }
        int percent = (int) Math.ceil(100.0 * characters / packedLimit.getAsInt());
        if (percent > 100) {
            throw StsError.PACKED_POLICY_TOO_LARGE.because(
                    "Packed size of session policy and tags consumes " + percent + "% of allotted space.");
        }
        return percent;
    }

    private AssumeRoleResponse response(Identity identity, int packed) {
        Credential credential = credentials.issue(identity);
        Session session = Objects.requireNonNull(identity.session());
        return AssumeRoleResponse.builder()
                .credentials(issued -> issued.accessKeyId(credential.accessKeyId())
                        .secretAccessKey(credential.secretAccessKey())
                        .sessionToken(credential.sessionToken())
                        .expiration(session.expiration()))
                .assumedRoleUser(AssumedRoleUser.builder()
                        .arn(identity.arn())
                        .assumedRoleId(identity.userId())
                        .build())
                .sourceIdentity(session.sourceIdentity())
                .packedPolicySize(packed)
                .build();
    }

    private static String accountOf(Role role) {
        return role.arn().split(":", 6)[4];
    }
}
